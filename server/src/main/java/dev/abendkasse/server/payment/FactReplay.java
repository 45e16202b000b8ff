package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.FactStore;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Acts on facts that were stored and not handled: after a crash, or after an error in the listener. */
@Component
class FactReplay {

    private static final int AT_ONCE = 50;

    private final FactStore facts;
    private final FactHandler handler;
    private final PaymentProperties properties;

    FactReplay(FactStore facts, FactHandler handler, PaymentProperties properties) {
        this.facts = facts;
        this.handler = handler;
        this.properties = properties;
    }

    @Scheduled(fixedDelayString = "${abendkasse.payment.replay-every}")
    Mono<Void> replay() {
        return facts.claim(AT_ONCE, properties.replayRetry())
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(handler::handle)
                .then();
    }
}
