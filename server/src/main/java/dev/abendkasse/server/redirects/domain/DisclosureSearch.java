package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.TimeCursor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whose disclosures are asked for; of anybody when neither is given. */
public record DisclosureSearch(
        @Nullable UUID customerId,
        @Nullable String email,
        @Nullable TimeCursor<UUID> before,
        int limit) {}
