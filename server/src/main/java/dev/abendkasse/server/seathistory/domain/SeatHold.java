package dev.abendkasse.server.seathistory.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cart or order that has or had the seat.
 *
 * @param fence tells holds of the same instant apart
 * @param until null when it is for good
 * @param end null while it lasts
 */
public record SeatHold(
        long fence,
        Kind kind,
        @Nullable UUID cartId,
        @Nullable String pickupCode,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        @Nullable String buyerName,
        Instant from,
        @Nullable Instant until,
        @Nullable End end) {

    public enum Kind {
        CART,
        ORDER
    }

    public enum End {
        EXPIRED,
        REMOVED,
        CLOSED,
        ORDERED,
        TAKEN_OVER,
        HANDED_BACK,
        RELEASED,
        CANCELLED,
        REFUNDED
    }
}
