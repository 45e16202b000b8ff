package dev.abendkasse.server.invoice.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice and what is still owed.
 *
 * @param serial the order in which invoices were issued
 */
public record Receivable(
        String invoiceNumber,
        long serial,
        State state,
        UUID orderId,
        String orderNumber,
        @Nullable UUID customerId,
        String buyerName,
        String buyerEmail,
        LocalDate issuedOn,
        LocalDate dueOn,
        Price amount,
        Price owed) {

    public enum State {
        OPEN,
        OVERDUE,
        SETTLED
    }
}
