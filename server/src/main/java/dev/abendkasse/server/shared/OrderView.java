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
 * @param bankTransfer where its money goes, while it waits for a transfer
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
        @Nullable BankTransfer bankTransfer,
        List<Item> items,
        Item.Price total,
        Item.Price paid,
        Contact buyer,
        @Nullable PaymentView payment,
        @Nullable String caseNumber) {

    /** @param reference what the buyer writes on the transfer */
    public record BankTransfer(
            String accountHolder, String iban, @Nullable String bic, String reference) {}

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
