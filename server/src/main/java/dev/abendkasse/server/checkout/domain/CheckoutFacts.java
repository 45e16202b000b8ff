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
 * @param reservations what this customer, or a guest with this address, has reserved and not paid
 * @param openCases how many orders with this address are under review
 * @param paymentDown whether an incident of the payment provider is present
 * @param technicalCases how many orders with this address are under review because of it; not counted while there is none
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
        Reservations reservations,
        long openCases,
        boolean paymentDown,
        long technicalCases,
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

    /** @param amount in minor units */
    public record Reservations(long count, long amount) {}

    /**
     * The shop's rules that matter here.
     *
     * @param reservations how many unpaid reservations such a buyer may have at once
     * @param reservationAmount what they may come to, in minor units; null when there is no bound of its own
     */
    public record Shop(
            String overviewUrl,
            List<String> returnOrigins,
            List<String> paymentMethods,
            long paymentSeconds,
            long reservationSeconds,
            long transferSeconds,
            long transferGraceSeconds,
            long reservations,
            @Nullable Long reservationAmount) {}
}
