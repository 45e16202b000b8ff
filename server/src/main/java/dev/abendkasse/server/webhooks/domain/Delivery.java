package dev.abendkasse.server.webhooks.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that an endpoint is told, as staff see it.
 *
 * @param tries since it was last asked for
 * @param status what the endpoint answered last
 * @param error why the last try came to nothing
 */
public record Delivery(
        UUID deliveryId,
        String type,
        @Nullable UUID orderId,
        @Nullable UUID performanceId,
        State state,
        int tries,
        Instant occurredAt,
        @Nullable Instant triedAt,
        @Nullable Instant nextTryAt,
        @Nullable Instant deliveredAt,
        @Nullable Integer status,
        @Nullable String error) {

    public enum State {
        WAITING,
        DELIVERED,
        FAILED,
        DROPPED
    }
}
