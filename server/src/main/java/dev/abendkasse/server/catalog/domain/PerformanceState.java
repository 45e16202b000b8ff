package dev.abendkasse.server.catalog.domain;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change to a performance must know about it.
 *
 * @param capacities how many places each category without seats has
 */
public record PerformanceState(
        long version, Instant startsAt, @Nullable UUID seatingPlanId, Map<String, Integer> capacities) {}
