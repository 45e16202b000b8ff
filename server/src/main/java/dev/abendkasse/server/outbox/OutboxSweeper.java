package dev.abendkasse.server.outbox;

import dev.abendkasse.server.outbox.store.OutboxUpkeepStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets messages that have left long ago, a batch at a time so that nobody waits for it. */
@Component
class OutboxSweeper {

    private static final int BATCH = 1000;

    private final OutboxUpkeepStore messages;
    private final OutboxProperties properties;

    OutboxSweeper(OutboxUpkeepStore messages, OutboxProperties properties) {
        this.messages = messages;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${abendkasse.outbox.forget-every:10m}")
    Mono<Void> forget() {
        return messages.forget(properties.keep(), BATCH)
                .repeat()
                .takeUntil(forgotten -> forgotten < BATCH)
                .then();
    }
}
