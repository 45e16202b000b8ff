package dev.abendkasse.server.newsletter.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer's newsletter as staff see it.
 *
 * @param obstacle why no issue is sent to them; null when one is
 * @param unreachableSince since when their address counts as one that cannot be reached; null when it can
 * @param history the newest first
 */
public record CustomerStanding(
        UUID customerId,
        NewsletterState state,
        @Nullable Obstacle obstacle,
        @Nullable Instant unreachableSince,
        @Nullable String unreachableStatus,
        int softBounces,
        List<ConsentFact> history) {}
