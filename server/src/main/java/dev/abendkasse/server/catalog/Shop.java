package dev.abendkasse.server.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shop front end.
 *
 * @param version goes up with every change
 */
public record Shop(String shopId, long version, ShopSettings settings) {

    /**
     * How a shop front end behaves.
     *
     * @param overviewUrl where a checkout that came to nothing leads; absolute, never built from a request
     * @param returnOrigins in canonical form: lower case, without the scheme's usual port
     * @param paymentMethods as the contract names them
     * @param holdSeconds how long seats are held from the first hold
     * @param extensionSeconds how much every successful add extends the hold
     * @param holdCapSeconds no hold lasts longer than this from the first hold
     * @param maxSeats how many seats a cart may hold
     * @param paymentSeconds how long a buyer has to pay
     * @param reservationSeconds how long an unpaid reservation is held
     * @param terms what applies after checkout
     * @param reservations what may be reserved on the web without paying
     * @param desk how the box office works
     */
    public record ShopSettings(
            String name,
            String overviewUrl,
            List<String> returnOrigins,
            List<String> paymentMethods,
            int holdSeconds,
            int extensionSeconds,
            int holdCapSeconds,
            int maxSeats,
            int paymentSeconds,
            int reservationSeconds,
            Terms terms,
            Reservations reservations,
            Desk desk) {

        public ShopSettings {
            returnOrigins = List.copyOf(returnOrigins);
            paymentMethods = List.copyOf(paymentMethods);
        }

        ShopSettings withReturnOrigins(List<String> origins) {
            return new ShopSettings(
                    name,
                    overviewUrl,
                    origins,
                    paymentMethods,
                    holdSeconds,
                    extensionSeconds,
                    holdCapSeconds,
                    maxSeats,
                    paymentSeconds,
                    reservationSeconds,
                    terms,
                    reservations,
                    desk);
        }
    }

    /**
     * On what terms money comes later and goes back.
     *
     * @param transferSeconds how long a buyer has to pay by bank transfer
     * @param transferGraceSeconds how much longer seats are held for a transfer that was made in time
     * @param refundSecondsBefore until when before the performance buyers may give tickets back; null: never
     * @param refundFee what is kept for each ticket given back, in minor units
     * @param linkSeconds how long a payment link lives
     * @param paymentPageUrl where payment links lead, without a fragment; null: there are none
     * @param accountPageUrl where links in mails about accounts lead, likewise; null: to the overview
     * @param casePageUrl where customers answer questions about their cases, likewise; null: nobody is asked by mail
     */
    public record Terms(
            int transferSeconds,
            int transferGraceSeconds,
            @Nullable Integer refundSecondsBefore,
            long refundFee,
            int linkSeconds,
            @Nullable String paymentPageUrl,
            @Nullable String accountPageUrl,
            @Nullable String casePageUrl) {}

    /**
     * What buyers may have reserved and not paid at once.
     *
     * @param guests how many for an address without an account
     * @param guestAmount what they may come to, in minor units
     * @param customers how many for a customer
     * @param customerAmount what they may come to, in minor units; null: only the credit limit counts
     * @param reminderSeconds how long before the end the buyer is reminded; 0: never
     */
    public record Reservations(
            int guests,
            long guestAmount,
            int customers,
            @Nullable Long customerAmount,
            int reminderSeconds) {}

    /**
     * How the box office works.
     *
     * @param warningSeconds how long a clerk has to confirm a hijack
     * @param leaseSeconds how long an order stays with a clerk who does nothing with it
     * @param leaseEnd what becomes of it then, as the contract names it
     * @param strayReservationSeconds how long a clerk's own order stays reserved then
     * @param maxSeats how many seats an order may hold
     * @param salesSeconds until how long after the start it sells
     */
    public record Desk(
            int warningSeconds,
            int leaseSeconds,
            String leaseEnd,
            int strayReservationSeconds,
            int maxSeats,
            int salesSeconds) {}
}
