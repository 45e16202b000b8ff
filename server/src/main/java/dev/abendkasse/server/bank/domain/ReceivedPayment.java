package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.shared.Item.Price;
import dev.abendkasse.server.shared.OrderView;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transfer that staff have booked, and how its order stands.
 *
 * @param inTime by its value date; null when nothing was to be paid
 * @param toGiveBack what the order could not use of it
 */
public record ReceivedPayment(
        UUID receivedPaymentId,
        UUID orderId,
        String orderNumber,
        @Nullable UUID bankLineId,
        Price amount,
        LocalDate valueDate,
        @Nullable Boolean inTime,
        Outcome outcome,
        @Nullable Price toGiveBack,
        @Nullable String caseNumber,
        OrderView.State orderState,
        OrderView.PaymentStatus paymentStatus,
        Price owed,
        @Nullable String note,
        String bookedBy,
        Instant bookedAt) {

    /** What became of the money when it was booked. */
    public enum Outcome {
        CONFIRMED,
        PAID,
        PART_PAID,
        REFUNDING,
        CASE
    }
}
