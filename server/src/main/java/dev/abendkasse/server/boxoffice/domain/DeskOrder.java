package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Contact;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.OrderView.PaymentStatus;
import dev.abendkasse.server.shared.OrderView.State;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as clerks see it.
 *
 * @param owed what is still to be paid
 * @param cartId the web cart that it was made from
 * @param formerState what it was before it came to the box office
 * @param clientId the partner whose order it is
 * @param lease who works on it, while it is at the box office
 */
public record DeskOrder(
        UUID orderId,
        String orderNumber,
        String shopId,
        State state,
        PaymentStatus paymentStatus,
        long version,
        Instant createdAt,
        @Nullable Instant heldUntil,
        @Nullable Instant payUntil,
        List<Item> items,
        Item.Price total,
        Item.Price paid,
        Item.Price owed,
        Contact buyer,
        @Nullable String note,
        @Nullable PurchaseMethod paymentMethod,
        @Nullable String caseNumber,
        @Nullable UUID cartId,
        @Nullable State formerState,
        @Nullable UUID hijackId,
        @Nullable String clientId,
        @Nullable Lease lease,
        List<CounterPayment> counterPayments) {

    /**
     * A clerk's time with an order.
     *
     * @param until null: it waits for a supervisor
     * @param fence goes up with every holder
     */
    public record Lease(String clerk, @Nullable Instant until, long fence) {}
}
