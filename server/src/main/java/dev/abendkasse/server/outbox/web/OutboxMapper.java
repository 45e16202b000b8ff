package dev.abendkasse.server.outbox.web;

import dev.abendkasse.api.model.OutboxMessage;
import dev.abendkasse.api.model.OutboxMessagePage;
import dev.abendkasse.api.model.OutboxMessageState;
import dev.abendkasse.api.model.OutboxQueue;
import dev.abendkasse.server.outbox.domain.OutboxEntry;
import dev.abendkasse.server.outbox.domain.OutboxSearch;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.web.TimeCursors;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Contract types on one side, domain types on the other. Names of states are the same on both. */
final class OutboxMapper {

    private OutboxMapper() {}

    static OutboxSearch toSearch(@Nullable OutboxQueue state, @Nullable String kind, @Nullable String cursor) {
        return new OutboxSearch(
                state == null ? OutboxEntry.State.DEAD : OutboxEntry.State.valueOf(state.name()),
                kind,
                TimeCursors.read(cursor, UUID::fromString));
    }

    static OutboxMessagePage toPage(Page<OutboxEntry> page) {
        return new OutboxMessagePage()
                .items(page.items().stream().map(OutboxMapper::toContract).toList())
                .nextCursor(page.nextCursor());
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.OUTBOX_MESSAGE_NOT_FOUND);
    }

    /** The message, if it is where the command was to bring it, now or before. */
    static OutboxEntry inState(OutboxEntry entry, OutboxEntry.State wanted) {
        if (entry.state() != wanted) {
            throw new ProblemException(ProblemType.OUTBOX_MESSAGE_STATE_CONFLICT);
        }
        return entry;
    }

    static OutboxMessage toContract(OutboxEntry entry) {
        return new OutboxMessage()
                .messageId(entry.messageId())
                .kind(entry.kind())
                .key(entry.key())
                .state(OutboxMessageState.valueOf(entry.state().name()))
                .tries(entry.tries())
                .lastError(entry.lastError())
                .dueAt(entry.dueAt())
                .createdAt(entry.createdAt())
                .endedAt(entry.endedAt())
                .dismissedBy(entry.dismissedBy())
                .dismissalNote(entry.dismissalNote());
    }
}
