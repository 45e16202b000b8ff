package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.OrderId;
import dev.abendkasse.server.shared.PaymentId;
import reactor.core.publisher.Mono;

/** Attempts to pay. Everything but {@link #open} is one statement in the caller's transaction. */
public interface Payments {

    /**
     * Opens the payment at the provider, never inside a transaction. Fails with {@link ProviderUnavailable} or
     * {@link ProviderRefused}.
     */
    Mono<ProviderSession> open(OpenPayment payment);

    /** Makes an attempt in state CREATED; false, and nothing happens, if the order has an open one already. */
    Mono<Boolean> insert(NewPayment payment);

    /**
     * Keeps what the provider opened, and moves CREATED to ACTION_REQUIRED. If the attempt was cancelled meanwhile, the
     * provider is told to cancel again, since now there is something to cancel.
     */
    Mono<Void> opened(PaymentId payment, ProviderSession session);

    /** Empty if there is no such attempt. */
    Mono<Payment> byId(PaymentId payment);

    /** The order's attempt that is not decided yet; empty if there is none. */
    Mono<Payment> openAttemptOf(OrderId order);

    /** Cancels here at once and at the provider after commit; false if it is too late for that. */
    Mono<Boolean> requestCancel(PaymentId payment);

    /**
     * Moves the attempt to the state that an event of this kind leads to; false if the event no longer counts. True for
     * SUCCEEDED comes once per payment, also after it had failed or been cancelled.
     */
    Mono<Boolean> advance(PaymentId payment, PaymentFact.Kind kind);
}
