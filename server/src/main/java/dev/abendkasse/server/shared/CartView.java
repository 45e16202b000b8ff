package dev.abendkasse.server.shared;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cart as the outside sees it: one whose time has passed is CLOSED, and only an open one shows its items. */
public record CartView(
        UUID cartId,
        String shopId,
        State state,
        long version,
        String pickupCode,
        Instant expiresAt,
        @Nullable Buyer buyer,
        List<Item> items) {

    public enum State {
        OPEN,
        CHECKED_OUT,
        HIJACKED,
        CLOSED
    }
}
