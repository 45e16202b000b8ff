package dev.abendkasse.server.seathistory.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A seat as it is now.
 *
 * @param reason why it cannot be had; null when it can, or when that is not to be told
 * @param heldUntil when it becomes free by itself
 */
public record SeatNow(
        State state, @Nullable Reason reason, @Nullable Instant heldUntil) {

    public enum State {
        AVAILABLE,
        HELD,
        SOLD
    }

    public enum Reason {
        IN_CART,
        RESERVED,
        AWAITING_PAYMENT,
        UNDER_REVIEW,
        AT_BOX_OFFICE,
        SOLD,
        NOT_ON_SALE,
        PERFORMANCE_CANCELLED
    }
}
