package dev.abendkasse.server.sandbox.web;

import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Checks what bodies carry. */
final class Fields {

    private Fields() {}

    static <T> T require(String name, @Nullable T value) {
        if (value == null) {
            throw new Refusal(400, name + " is missing");
        }
        return value;
    }

    static long positive(@Nullable Long amount) {
        long present = require("amount", amount);
        if (present <= 0) {
            throw new Refusal(400, "amount must be positive");
        }
        return present;
    }

    static String currency(@Nullable String code) {
        try {
            return Currency.getInstance(require("currency", code)).getCurrencyCode();
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "currency is not valid");
        }
    }
}
