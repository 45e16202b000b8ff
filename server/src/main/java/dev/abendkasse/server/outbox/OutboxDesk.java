package dev.abendkasse.server.outbox;

import dev.abendkasse.server.outbox.domain.OutboxEntry;
import dev.abendkasse.server.outbox.domain.OutboxSearch;
import dev.abendkasse.server.outbox.store.OutboxDeskStore;
import dev.abendkasse.server.shared.Page;
import dev.abendkasse.server.shared.TimeCursor;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where staff look after messages that could not leave. */
@Service
public class OutboxDesk {

    private final OutboxDeskStore messages;
    private final List<OutboxHandler> handlers;
    private final TransactionalOperator transaction;

    OutboxDesk(OutboxDeskStore messages, List<OutboxHandler> handlers, TransactionalOperator transaction) {
        this.messages = messages;
        this.handlers = List.copyOf(handlers);
        this.transaction = transaction;
    }

    /** The oldest first. */
    public Mono<Page<OutboxEntry>> list(OutboxSearch search, int limit) {
        return messages.list(search, limit + 1).collectList().map(found -> Page.of(found, limit, OutboxDesk::cursor));
    }

    /** Has a dead message sent again; the message as it is then, whatever it was. Empty when there is none. */
    public Mono<OutboxEntry> retry(UUID message) {
        return messages.retry(message).switchIfEmpty(messages.find(message));
    }

    /** Ends a dead message that need not leave; the message as it is then, whatever it was. Empty when there is none. */
    public Mono<OutboxEntry> dismiss(UUID message, String by, String note) {
        return messages.dismiss(message, by, note)
                .delayUntil(this::tellHandler)
                .as(transaction::transactional)
                .switchIfEmpty(messages.find(message));
    }

    private Mono<Void> tellHandler(OutboxEntry dismissed) {
        return Flux.fromIterable(handlers)
                .filter(handler -> handler.kind().equals(dismissed.kind()))
                .concatMap(handler -> handler.dismissed(dismissed.key()))
                .then();
    }

    private static String cursor(OutboxEntry last) {
        return new TimeCursor<>(last.createdAt(), last.messageId()).text();
    }
}
