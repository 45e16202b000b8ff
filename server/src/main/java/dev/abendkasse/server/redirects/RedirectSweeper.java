package dev.abendkasse.server.redirects;

import dev.abendkasse.server.redirects.store.DisclosureStore;
import dev.abendkasse.server.redirects.store.RedirectStore;
import java.util.function.Supplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Forgets attempts and disclosures that are long ago, a batch at a time so that nobody waits for it. */
@Component
class RedirectSweeper {

    private static final int BATCH = 1000;

    private final RedirectStore redirects;
    private final DisclosureStore disclosures;
    private final RedirectProperties properties;

    RedirectSweeper(RedirectStore redirects, DisclosureStore disclosures, RedirectProperties properties) {
        this.redirects = redirects;
        this.disclosures = disclosures;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${abendkasse.redirects.forget-every:1h}")
    Mono<Void> forget() {
        return inBatches(() -> redirects.forget(properties.keep(), BATCH))
                .then(inBatches(() -> disclosures.forget(properties.keepDisclosures(), BATCH)));
    }

    private static Mono<Void> inBatches(Supplier<Mono<Long>> batch) {
        return Mono.defer(batch).repeat().takeUntil(forgotten -> forgotten == 0).then();
    }
}
