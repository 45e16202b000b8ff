package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.Buyer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything the decision needs, read under locks in one statement.
 *
 * @param open whether the cart is open and its time has not passed
 * @param creditLimit the customer's own limit in minor units; null when the installation's default applies
 * @param exposure what the customer owes, in minor units; null for a guest
 * @param guestReservations how many unpaid reservations a guest with this address has open
 * @param openCases how many orders with this address are under review
 * @param now by the database's clock, after the locks
 */
public record CheckoutFacts(
        boolean blacklisted,
        boolean open,
        Places places,
        @Nullable UUID customerId,
        @Nullable String matchKey,
        @Nullable Buyer buyer,
        @Nullable Long creditLimit,
        @Nullable Long exposure,
        long guestReservations,
        long openCases,
        Shop shop,
        Instant now) {

    /**
     * What is in the cart.
     *
     * @param held how many of the items' places the cart still holds
     */
    public record Places(
            long held,
            long items,
            long total,
            @Nullable String currency,
            @Nullable Instant firstStart) {

        boolean lost() {
            return held < items;
        }
    }

    /** The shop's rules that matter here. */
    public record Shop(
            String overviewUrl,
            List<String> returnOrigins,
            List<String> paymentMethods,
            long paymentSeconds,
            long reservationSeconds,
            long transferSeconds,
            long transferGraceSeconds) {}
}
