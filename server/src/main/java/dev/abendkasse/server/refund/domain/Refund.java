package dev.abendkasse.server.refund.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back.
 *
 * @param endedAt when it was done
 */
public record Refund(
        UUID refundId,
        UUID orderId,
        Reason reason,
        State state,
        Price amount,
        Instant createdAt,
        @Nullable Instant endedAt) {

    /** Who gives it back, or that it is done. */
    public enum State {
        PENDING,
        BY_HAND,
        SUCCEEDED
    }

    /** Why. */
    public enum Reason {
        BUYER_REQUEST,
        WITHDRAWAL,
        STAFF_ERROR,
        GOODWILL,
        PERFORMANCE_CANCELLED,
        PERFORMANCE_POSTPONED,
        LATE_PAYMENT,
        OVERPAYMENT
    }
}
