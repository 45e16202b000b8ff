package dev.abendkasse.server.changes;

import dev.abendkasse.server.changes.domain.Progress;
import dev.abendkasse.server.changes.store.ChangeStore;
import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.shared.CaseNumber;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Carries a change out, a few orders in each transaction, so that it can be cut off anywhere and gone on with. */
@Component
class ChangeHandler implements OutboxHandler {

    private static final int STEP = 20;

    private final ChangeStore changes;
    private final Commits commits;

    ChangeHandler(ChangeStore changes, Commits commits) {
        this.changes = changes;
        this.commits = commits;
    }

    @Override
    public String kind() {
        return "PERFORMANCE_CHANGE";
    }

    /** A long change is begun by a second replica as well after a while; it finds the first one at work and tries later. */
    @Override
    public Mono<Void> handle(OutboxMessage message) {
        var change = UUID.fromString(message.key());
        return Mono.defer(() -> commits.announce(changes.advance(change, CaseNumber.candidates(STEP))))
                .repeat()
                .takeUntil(progress -> progress != Progress.MORE)
                .last()
                .flatMap(ChangeHandler::finished);
    }

    private static Mono<Void> finished(Progress progress) {
        return progress == Progress.BUSY
                ? Mono.error(new IllegalStateException("Another replica is at work on this change"))
                : Mono.empty();
    }
}
