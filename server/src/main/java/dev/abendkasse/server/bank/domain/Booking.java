package dev.abendkasse.server.bank.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command to book a transfer. The names of the components are those that the database reads.
 *
 * @param lineId the line that it is booked from, which knows the amount and the date
 * @param exactly only if the order still owes just this much
 * @param caseNumber of the case to open if the order cannot use the money
 */
public record Booking(
        UUID receivedPaymentId,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        @Nullable String invoiceNumber,
        @Nullable UUID lineId,
        @Nullable Boolean exactly,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable LocalDate valueOn,
        @Nullable String note,
        String by,
        String caseNumber,
        @Nullable Idempotency repeat) {

    /** What staff have on a paper before them. */
    public record Transfer(
            long amount,
            String currency,
            LocalDate valueOn,
            @Nullable String note) {}

    public static Booking byHand(
            UUID id, OrderName order, Transfer transfer, String by, String caseNumber, Idempotency repeat) {
        return new Booking(
                id,
                order.orderId(),
                order.orderNumber(),
                order.invoiceNumber(),
                null,
                null,
                transfer.amount(),
                transfer.currency(),
                transfer.valueOn(),
                transfer.note(),
                by,
                caseNumber,
                repeat);
    }

    public static Booking ofLine(
            UUID id, OrderName order, UUID line, String by, String caseNumber, @Nullable Idempotency repeat) {
        return new Booking(
                id,
                order.orderId(),
                order.orderNumber(),
                order.invoiceNumber(),
                line,
                null,
                null,
                null,
                null,
                null,
                by,
                caseNumber,
                repeat);
    }

    /** The same, only if the order still owes just this much. */
    public Booking onlyExactly() {
        return new Booking(
                receivedPaymentId,
                orderId,
                orderNumber,
                invoiceNumber,
                lineId,
                true,
                amount,
                currency,
                valueOn,
                note,
                by,
                caseNumber,
                repeat);
    }
}
