package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something the provider said about a payment of ours. It is stored for good before anybody acts on it.
 *
 * @param factId its number here
 * @param amount of the payment, the refund or the dispute
 * @param occurredAt by the provider's clock
 * @param reference the provider's name for the payment, if it said one
 * @param subject which refund (its id here) or dispute (the provider's name) it is about; null for the payment itself
 */
public record PaymentFact(
        long factId,
        PaymentId payment,
        Kind kind,
        Money amount,
        Instant occurredAt,
        @Nullable String reference,
        @Nullable String subject) {

    /** What happened. */
    public enum Kind {
        PROCESSING,
        SUCCEEDED,
        /** One try of the buyer's came to nothing; the payment stays open for another, unless it was being processed. */
        DECLINED,
        FAILED,
        CANCELLED,
        REFUND_SUCCEEDED,
        REFUND_FAILED,
        /** The payer's bank has taken the money back for now. */
        DISPUTED,
        DISPUTE_WON,
        DISPUTE_LOST;

        public boolean isOfDispute() {
            return this == DISPUTED || this == DISPUTE_WON || this == DISPUTE_LOST;
        }
    }
}
