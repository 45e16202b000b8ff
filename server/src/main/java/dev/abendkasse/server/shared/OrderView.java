package dev.abendkasse.server.shared;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as the outside sees it. One whose deadline has passed is EXPIRED, whether or not anything has swept it.
 *
 * @param heldUntil until when the seats of an unpaid order are held; null once nothing runs out
 * @param payUntil what the buyer was told; the hold may outlive it
 * @param paid what it has brought in, less what went back
 * @param payment the latest attempt to pay
 */
public record OrderView(
        UUID orderId,
        String orderNumber,
        String shopId,
        State state,
        PaymentStatus paymentStatus,
        @Nullable PurchaseMethod paymentMethod,
        long version,
        Instant createdAt,
        @Nullable Instant heldUntil,
        @Nullable Instant payUntil,
        List<Item> items,
        Item.Price total,
        Item.Price paid,
        Buyer buyer,
        @Nullable PaymentView payment,
        @Nullable String caseNumber) {

    public enum State {
        AT_BOX_OFFICE,
        RESERVED,
        AWAITING_PAYMENT,
        UNDER_REVIEW,
        CONFIRMED,
        CANCELLED,
        EXPIRED,
        REFUNDED
    }

    public enum PaymentStatus {
        UNPAID,
        PART_PAID,
        PAID,
        REFUNDED,
        DISPUTED
    }
}
