package dev.abendkasse.server.blacklist;

import dev.abendkasse.server.checkout.domain.CheckoutOutcome;
import dev.abendkasse.server.shared.CustomerId;
import dev.abendkasse.server.shared.Selection;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Buyers;
import dev.abendkasse.server.testing.Theatre;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who buys often.
 *
 * @param customer null: a guest
 * @param email what they type
 */
record Regular(Theatre theatre, @Nullable CustomerId customer, String email) {

    private static final String REFUND = """
            insert into refund (order_id, amount, currency, reason, state, cause, requested_by)
            values ('%s', 5000, 'EUR', '%s', 'BY_HAND', 'test:%s', 'buyer')
            """;

    static Regular guest(Theatre theatre) {
        return guest(theatre, newEmail());
    }

    static Regular guest(Theatre theatre, String email) {
        return new Regular(theatre, null, email);
    }

    /** @param addresses all that the customer ever had; the last one is current */
    static Regular customer(Theatre theatre, String... addresses) {
        var customer = new Buyers(theatre.server(), theatre.db()).customer(addresses);
        return new Regular(theatre, customer, addresses[addresses.length - 1]);
    }

    static String newEmail() {
        return "regular-" + UUID.randomUUID() + "@example.org";
    }

    /** Tickets that cost nothing, so that they are bought at once. */
    UUID buys() {
        return ((CheckoutOutcome.Confirmed) checkOut()).order().orderId();
    }

    Regular buys(int times) {
        for (int i = 0; i < times; i++) {
            buys();
        }
        return this;
    }

    CheckoutOutcome checkOut() {
        var buyers = new Buyers(theatre.server(), theatre.db());
        return Awaited.of(buyers.hold(customer, new Selection(theatre.performance(), null, "free", 1, null))
                .flatMap(cart -> buyers.checkOut(cart, customer, null, email)));
    }

    /** Buys, and has the money back. */
    UUID givesBack() {
        var order = buys();
        refund(order, "BUYER_REQUEST");
        return order;
    }

    Regular givesBack(int times) {
        for (int i = 0; i < times; i++) {
            givesBack();
        }
        return this;
    }

    /** Money that went back for this order. */
    void refund(UUID order, String reason) {
        Theatre.execute(theatre.db(), REFUND.formatted(order, reason, UUID.randomUUID()));
    }
}
