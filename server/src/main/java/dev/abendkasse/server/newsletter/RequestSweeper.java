package dev.abendkasse.server.newsletter;

import dev.abendkasse.server.newsletter.store.ConsentStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets who asked for the newsletter and never confirmed it, a batch at a time. */
@Component
class RequestSweeper {

    private static final int BATCH = 1000;

    private final ConsentStore consents;

    RequestSweeper(ConsentStore consents) {
        this.consents = consents;
    }

    @Scheduled(fixedDelayString = "${abendkasse.newsletter.forget-every:1h}")
    Mono<Void> forget() {
        return consents.forget(BATCH)
                .repeat()
                .takeUntil(forgotten -> forgotten < BATCH)
                .then();
    }
}
