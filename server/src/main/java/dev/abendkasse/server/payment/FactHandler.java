package dev.abendkasse.server.payment;

import dev.abendkasse.server.payment.store.FactStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Has the listener act on a stored fact, and notes when that is done. */
@Component
class FactHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FactHandler.class);

    private final ObjectProvider<PaymentListener> listener;
    private final FactStore facts;

    FactHandler(ObjectProvider<PaymentListener> listener, FactStore facts) {
        this.listener = listener;
        this.facts = facts;
    }

    /**
     * Never fails: what does not work now is tried again by {@link FactReplay}. Goes on when the caller hangs up, because
     * cancelling inside a transaction is not safe.
     */
    Mono<Void> handle(PaymentFact fact) {
        var work = Mono.defer(() -> listener.getObject().on(fact))
                .then(Mono.defer(() -> facts.handled(fact.factId())))
                .onErrorResume(error -> tryLater(fact, error));
        return Mono.defer(() -> Mono.fromFuture(work.toFuture(), true));
    }

    private static Mono<Void> tryLater(PaymentFact fact, Throwable error) {
        LOG.error(
                "Fact {} of payment {} waits for its next try",
                fact.factId(),
                fact.payment().value(),
                error);
        return Mono.empty();
    }
}
