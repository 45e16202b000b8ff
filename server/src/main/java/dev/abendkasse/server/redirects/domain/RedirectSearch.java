package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts are asked for: of a person, of carts, or of anybody.
 *
 * @param pickupCode the code that is meant, as carts have it
 * @param before only what was attempted before, or then and with a smaller id
 */
public record RedirectSearch(
        @Nullable String email,
        @Nullable UUID customerId,
        @Nullable UUID cartId,
        @Nullable String pickupCode,
        Set<RedirectReason> reasons,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable TimeCursor<UUID> before,
        int limit) {}
