package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of an issue for one customer.
 *
 * @param email where it was sent to; null while it has not left, or after the person has been erased
 */
public record Delivery(
        UUID deliveryId,
        UUID customerId,
        State state,
        @Nullable Obstacle reason,
        @Nullable String email,
        Instant decidedAt,
        Bounce.@Nullable Kind bounce) {

    /** How far it is. */
    public enum State {
        WAITING,
        SENT,
        LEFT_OUT
    }
}
