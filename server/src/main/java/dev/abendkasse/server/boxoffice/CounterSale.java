package dev.abendkasse.server.boxoffice;

import dev.abendkasse.server.boxoffice.domain.CounterPayment.Method;
import dev.abendkasse.server.shared.Item;
import org.jspecify.annotations.Nullable;

/**
 * Money that a clerk has been given.
 *
 * @param tendered in cash, in minor units
 * @param reason why all the same, where one is needed
 */
public record CounterSale(
        Method method,
        Item.Price amount,
        @Nullable Long tendered,
        @Nullable String reference,
        @Nullable String reason) {}
