package dev.abendkasse.server.order.domain;

import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.OrderView;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order in the list of its customer. The names of the components are those that the database writes.
 *
 * @param quantity how many places it has
 * @param showings what it is for, or was; the next one first
 * @param heldUntil until when its seats are held; null once nothing runs out
 */
public record OwnOrder(
        UUID orderId,
        String orderNumber,
        String shopId,
        OrderView.State state,
        OrderView.PaymentStatus paymentStatus,
        @Nullable PurchaseMethod paymentMethod,
        Item.Price total,
        int quantity,
        List<Showing> showings,
        Instant createdAt,
        @Nullable Instant heldUntil,
        @Nullable Instant payUntil) {

    public OwnOrder {
        showings = List.copyOf(showings);
    }

    /** @param quantity how many places the order has for it, or had */
    public record Showing(UUID performanceId, String title, String hall, Instant startsAt, int quantity) {}
}
