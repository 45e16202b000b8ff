package dev.abendkasse.server.boxoffice.domain;

import dev.abendkasse.server.shared.CartView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase that a clerk takes over, from the warning to its end.
 *
 * @param version of the purchase, as whoever confirms has to state it
 * @param cart what is to be taken over, while it is a cart
 * @param order what is to be taken over, or what the cart has become
 */
public record Hijack(
        UUID hijackId,
        State state,
        Kind kind,
        Instant warnedUntil,
        long version,
        boolean reasonRequired,
        String clerk,
        Instant createdAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant endedAt,
        @Nullable CartView cart,
        @Nullable DeskOrder order) {

    public enum State {
        WARNED,
        ACTIVE,
        LAPSED,
        RESERVED,
        LINK_SENT,
        PAID,
        HANDED_BACK,
        CANCELLED
    }

    public enum Kind {
        CART,
        ORDER
    }
}
