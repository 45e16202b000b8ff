package dev.abendkasse.server.outbox;

import dev.abendkasse.server.audit.Audit;
import dev.abendkasse.server.audit.AuditNote;
import dev.abendkasse.server.outbox.domain.OutboxEntry;
import dev.abendkasse.server.outbox.domain.OutboxSearch;
import dev.abendkasse.server.outbox.store.OutboxDeskStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where staff look after messages that could not leave. */
@Service
public class OutboxDesk {

    private final OutboxDeskStore messages;
    private final List<OutboxHandler> handlers;
    private final Audit audit;

    OutboxDesk(OutboxDeskStore messages, List<OutboxHandler> handlers, Audit audit) {
        this.messages = messages;
        this.handlers = List.copyOf(handlers);
        this.audit = audit;
    }

    /** The oldest first. */
    public Mono<Page<OutboxEntry>> list(OutboxSearch search, int limit) {
        return messages.list(search, limit + 1).collectList().map(found -> Page.of(found, limit, OutboxDesk::cursor));
    }

    /** Has a dead message sent again; the message as it is then, whatever it was. Empty when there is none. */
    public Mono<OutboxEntry> retry(UUID message, String by) {
        return audit.noted(
                        messages.retry(message), entry -> AuditNote.of(by, "outbox.retry", message, about(entry, null)))
                .switchIfEmpty(messages.find(message));
    }

    /** Ends a dead message that need not leave; the message as it is then, whatever it was. Empty when there is none. */
    public Mono<OutboxEntry> dismiss(UUID message, String by, String note) {
        return audit.noted(
                        messages.dismiss(message, by, note).delayUntil(this::tellHandler),
                        entry -> AuditNote.of(by, "outbox.dismiss", message, about(entry, note)))
                .switchIfEmpty(messages.find(message));
    }

    private Mono<Void> tellHandler(OutboxEntry dismissed) {
        return Flux.fromIterable(handlers)
                .filter(handler -> handler.kind().equals(dismissed.kind()))
                .concatMap(handler -> handler.dismissed(dismissed.key()))
                .then();
    }

    private static Map<String, @Nullable Object> about(OutboxEntry entry, @Nullable String note) {
        var about = new HashMap<String, @Nullable Object>();
        about.put("kind", entry.kind());
        about.put("key", entry.key());
        about.put("note", note);
        return about;
    }

    private static String cursor(OutboxEntry last) {
        return new TimeCursor<>(last.createdAt(), last.messageId()).text();
    }
}
