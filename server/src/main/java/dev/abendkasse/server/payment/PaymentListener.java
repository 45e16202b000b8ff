package dev.abendkasse.server.payment;

import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Acts on what the provider said. Called at least once for each, in any order, again after an error or a crash; one fact may
 * be with two replicas at a time.
 */
public interface PaymentListener {

    Mono<Void> on(PaymentFact fact);

    /** The provider has taken a refund on, done it, or refused it; or staff have given up having it do it. */
    Mono<Void> refunded(UUID refund, RefundReceipt receipt);

    /** Nobody can act on this fact: it is of no payment of ours, or staff have given up trying. People look after the money. */
    Mono<Void> unresolved(long factId);
}
