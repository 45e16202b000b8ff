package dev.abendkasse.server.purchases.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.Item.SeatLabel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cart or an order that was found.
 *
 * @param seats the first of them
 * @param clerk who has it at the box office
 * @param expiresAt until when its seats are held, or were
 */
public record Purchase(
        Kind kind,
        @Nullable UUID cartId,
        @Nullable UUID orderId,
        String shopId,
        State state,
        @Nullable String paymentStatus,
        @Nullable String pickupCode,
        @Nullable String orderNumber,
        @Nullable UUID customerId,
        @Nullable String buyerName,
        @Nullable String buyerEmail,
        @Nullable String buyerPhone,
        @Nullable Price total,
        int quantity,
        List<SeatLabel> seats,
        List<Performance> performances,
        @Nullable String clerk,
        Instant createdAt,
        @Nullable Instant expiresAt) {

    public enum Kind {
        CART,
        ORDER
    }

    /** As the outside sees it: what has run out is CLOSED or EXPIRED, swept or not. */
    public enum State {
        OPEN,
        CLOSED,
        AT_BOX_OFFICE,
        RESERVED,
        AWAITING_PAYMENT,
        UNDER_REVIEW,
        CONFIRMED,
        CANCELLED,
        EXPIRED,
        REFUNDED
    }

    /** One that the purchase is for. */
    public record Performance(UUID performanceId, String title, String hall, Instant startsAt) {}
}
