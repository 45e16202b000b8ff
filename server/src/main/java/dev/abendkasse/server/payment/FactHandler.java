package dev.abendkasse.server.payment;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.Outbox;
import dev.abendkasse.server.outbox.OutboxHandler;
import dev.abendkasse.server.outbox.OutboxMessage;
import dev.abendkasse.server.payment.store.FactStore;
import java.util.Optional;
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
        var fact = Long.parseLong(message.key());
        return facts.find(fact)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .flatMap(found -> found.map(this::act).orElseGet(() -> giveUp(fact)));
    }

    /** People look after what it tells of. */
    @Override
    public Mono<Void> dismissed(String key) {
        return giveUp(Long.parseLong(key));
    }

    /**
     * Never fails: what does not work now is tried again by the outbox. Goes on when the caller hangs up, because cancelling
     * inside a transaction is not safe.
     */
    Mono<Void> handleNow(PaymentFact fact) {
        return now(fact.factId(), act(fact));
    }

    /** The same for a fact that is of no payment of ours. */
    Mono<Void> giveUpNow(long fact) {
        return now(fact, giveUp(fact));
    }

    private Mono<Void> now(long fact, Mono<Void> action) {
        var work = commits.announce(action)
                .then(Mono.defer(() -> outbox.drop(kind(), Long.toString(fact))))
                .onErrorResume(error -> tryLater(fact, error));
        return Mono.defer(() -> Mono.fromFuture(work.toFuture(), true));
    }

    private Mono<Void> giveUp(long fact) {
        return Mono.defer(() -> listener.getObject().unresolved(fact));
    }

    private Mono<Void> act(PaymentFact fact) {
        return Mono.defer(() -> listener.getObject().on(fact));
    }

    private static Mono<Void> tryLater(long fact, Throwable error) {
        LOG.error("Fact {} waits for its next try", fact, error);
        return Mono.empty();
    }
}
