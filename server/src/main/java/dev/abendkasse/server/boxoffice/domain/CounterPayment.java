package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money taken at a counter.
 *
 * @param change what was given back of cash
 * @param reference what the terminal or the voucher's issuer calls it
 * @param by the clerk
 */
public record CounterPayment(
        UUID counterPaymentId,
        Method method,
        Item.Price amount,
        Item.@Nullable Price change,
        @Nullable String reference,
        Instant at,
        String by) {

    public enum Method {
        CASH,
        CARD_TERMINAL,
        VOUCHER
    }
}
