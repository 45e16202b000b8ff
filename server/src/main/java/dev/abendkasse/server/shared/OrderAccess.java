package dev.abendkasse.server.shared;

import org.jspecify.annotations.Nullable;

/** An order and what gives access to it: its secret, or being its customer. */
public record OrderAccess(
        OrderId order, @Nullable String token, @Nullable CustomerId customer) {

    /** The header that its secret comes in. */
    public static final String TOKEN = "Order-Token";
}
