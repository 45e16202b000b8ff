package dev.abendkasse.server.webhooks.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told what happens.
 *
 * @param events what it is told of
 * @param clientId the partner whose orders it is told of; without one, of all
 * @param gone whether it is inactive because it has answered that it is not wanted any more
 * @param failures tries in a row that came to nothing
 * @param oldSecretUntil until when the secret before is good as well
 */
public record Endpoint(
        UUID endpointId,
        long version,
        String url,
        String description,
        List<String> events,
        @Nullable String clientId,
        boolean active,
        boolean gone,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant deliveredAt,
        @Nullable Instant oldSecretUntil,
        Instant createdAt) {

    public enum Health {
        UNTRIED,
        HEALTHY,
        FAILING,
        GONE
    }

    /** @param failingAfter so many failed tries in a row are more than a hiccup */
    public Health health(int failingAfter) {
        if (gone) {
            return Health.GONE;
        }
        if (failures >= failingAfter) {
            return Health.FAILING;
        }
        return deliveredAt == null ? Health.UNTRIED : Health.HEALTHY;
    }
}
