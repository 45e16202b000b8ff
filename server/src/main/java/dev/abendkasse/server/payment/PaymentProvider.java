package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.PaymentId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The payment provider. Fails with {@link ProviderUnavailable} when it cannot be reached within the limit, and with
 * {@link ProviderRefused} when it says no.
 */
public interface PaymentProvider {

    /** Opens the payment, never inside a transaction; the same payment again gives the same session. */
    Mono<ProviderSession> open(OpenPayment payment);

    /**
     * Ends a payment that nobody has paid. One that is unknown, expired or cancelled already is fine; one that was paid or
     * is being processed is {@link ProviderRefused} with {@link ProviderRefused#tooLate()}.
     *
     * @param reference the provider's name for it, if it was ever told
     */
    Mono<Void> cancel(PaymentId payment, @Nullable String reference);

    /**
     * How a payment stands, for when its notification should have come. Empty if it waits for its buyer, or is not known.
     *
     * @param reference the provider's name for it, if it was ever told
     */
    Mono<ProviderStanding> standing(PaymentId payment, @Nullable String reference);

    /**
     * Gives money of a payment back; the same refund again gives the same answer and nothing twice. Its end may come later,
     * as a fact.
     */
    Mono<RefundReceipt> refund(OpenRefund refund);
}
