package dev.abendkasse.server.payment;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.Outbox;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.payment.store.FactStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Has the listener act on a stored fact: at once when it comes in, and through the outbox when that failed or was cut off by a
 * crash.
 */
@Component
class FactHandler implements OutboxHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FactHandler.class);

    private final ObjectProvider<PaymentListener> listener;
    private final FactStore facts;
    private final Outbox outbox;
    private final Commits commits;

    FactHandler(ObjectProvider<PaymentListener> listener, FactStore facts, Outbox outbox, Commits commits) {
        this.listener = listener;
        this.facts = facts;
        this.outbox = outbox;
        this.commits = commits;
    }

    @Override
    public String kind() {
        return FactStore.KIND;
    }

    @Override
    public Mono<Void> handle(OutboxMessage message) {
        return facts.find(Long.parseLong(message.key())).flatMap(this::act);
    }

    /**
     * Never fails: what does not work now is tried again by the outbox. Goes on when the caller hangs up, because cancelling
     * inside a transaction is not safe.
     */
    Mono<Void> handleNow(PaymentFact fact) {
        var work = commits.announce(act(fact))
                .then(Mono.defer(() -> outbox.drop(kind(), Long.toString(fact.factId()))))
                .onErrorResume(error -> tryLater(fact, error));
        return Mono.defer(() -> Mono.fromFuture(work.toFuture(), true));
    }

    private Mono<Void> act(PaymentFact fact) {
        return Mono.defer(() -> listener.getObject().on(fact));
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
