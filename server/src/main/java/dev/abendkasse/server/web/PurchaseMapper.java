package dev.abendkasse.server.web;

import dev.abendkasse.api.model.CartItem;
import dev.abendkasse.api.model.SeatLabel;
import dev.abendkasse.server.shared.Buyer;
import dev.abendkasse.server.shared.Contact;
import dev.abendkasse.server.shared.Item;
import dev.abendkasse.server.shared.Money;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps what carts and orders have in common between contract and domain. */
public final class PurchaseMapper {

    private PurchaseMapper() {}

    public static @Nullable Buyer toBuyer(dev.abendkasse.api.model.@Nullable Buyer buyer) {
        return buyer == null ? null : toRequiredBuyer(buyer);
    }

    public static Buyer toRequiredBuyer(dev.abendkasse.api.model.Buyer buyer) {
        return new Buyer(buyer.getEmail(), buyer.getName(), buyer.getPhone(), toAddress(buyer.getAddress()));
    }

    public static dev.abendkasse.api.model.@Nullable Buyer toContract(@Nullable Buyer buyer) {
        return buyer == null
                ? null
                : new dev.abendkasse.api.model.Buyer(buyer.email(), buyer.name())
                        .phone(buyer.phone())
                        .address(toContract(buyer.address()));
    }

    public static Contact toContact(dev.abendkasse.api.model.Contact contact) {
        return new Contact(contact.getEmail(), contact.getName(), contact.getPhone(), toAddress(contact.getAddress()));
    }

    /** Nothing where nothing is known. */
    public static dev.abendkasse.api.model.@Nullable Contact toContract(Contact contact) {
        return !contact.known()
                ? null
                : new dev.abendkasse.api.model.Contact()
                        .email(contact.email())
                        .name(contact.name())
                        .phone(contact.phone())
                        .address(toContract(contact.address()));
    }

    public static CartItem toContract(Item item) {
        return new CartItem(
                        item.itemId(),
                        item.performanceId(),
                        item.category(),
                        item.categoryName(),
                        item.priceType(),
                        toContract(item.price().money()))
                .seat(toContract(item.seat()));
    }

    public static dev.abendkasse.api.model.Money toContract(Money money) {
        return new dev.abendkasse.api.model.Money(
                money.amount(), money.currency().getCurrencyCode());
    }

    /** @param currency what an empty list is counted in */
    public static dev.abendkasse.api.model.Money total(List<Item> items, String currency) {
        var sum = items.stream()
                .map(item -> item.price().money())
                .reduce(Money::plus)
                .orElseGet(() -> Money.of(0, currency));
        return toContract(sum);
    }

    public static @Nullable SeatLabel toContract(Item.@Nullable SeatLabel seat) {
        return seat == null ? null : new SeatLabel(seat.seatId(), seat.section(), seat.row(), seat.number());
    }

    private static Buyer.@Nullable PostalAddress toAddress(dev.abendkasse.api.model.@Nullable PostalAddress address) {
        return address == null
                ? null
                : new Buyer.PostalAddress(
                        address.getStreet(), address.getPostalCode(), address.getCity(), address.getCountry());
    }

    private static dev.abendkasse.api.model.@Nullable PostalAddress toContract(Buyer.@Nullable PostalAddress address) {
        return address == null
                ? null
                : new dev.abendkasse.api.model.PostalAddress(
                        address.street(), address.postalCode(), address.city(), address.country());
    }
}
