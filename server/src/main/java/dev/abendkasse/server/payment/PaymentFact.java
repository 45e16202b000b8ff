package dev.abendkasse.server.payment;

import dev.abendkasse.server.shared.Money;
import dev.abendkasse.server.shared.PaymentId;
import java.time.Instant;

/**
 * Something the provider said about a payment of ours. It is stored for good before anybody acts on it.
 *
 * @param factId its number here
 * @param occurredAt by the provider's clock
 */
public record PaymentFact(long factId, PaymentId payment, Kind kind, Money amount, Instant occurredAt) {

    /** What happened to the payment. */
    public enum Kind {
        PROCESSING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
