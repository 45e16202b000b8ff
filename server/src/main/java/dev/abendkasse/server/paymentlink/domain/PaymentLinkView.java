package dev.abendkasse.server.paymentlink.domain;

import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.PurchaseMethod;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a link's bearer needs to know, and nothing about the buyer.
 *
 * @param total what the order costs
 * @param amount what is to be paid of it
 * @param methods all that the shop offers
 */
public record PaymentLinkView(
        String shopName,
        String orderNumber,
        List<Ticket> items,
        Item.Price total,
        Item.Price amount,
        Instant payUntil,
        List<PurchaseMethod> methods,
        boolean paymentInProgress) {

    public record Ticket(
            String eventTitle,
            Instant startsAt,
            String timeZone,
            String hall,
            String categoryName,
            Item.@Nullable SeatLabel seat,
            String priceTypeName,
            Item.Price price) {}
}
