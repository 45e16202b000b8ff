package dev.abendkasse.server.changes.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change that an organiser orders. The names of the components are those that the database reads.
 *
 * @param startsAt the new start, for a postponement
 * @param refundUntil until when tickets of a postponed performance are refunded on request
 * @param by who
 */
public record ChangeOrder(
        UUID performanceId,
        PerformanceChange.Kind kind,
        @Nullable Instant startsAt,
        @Nullable Instant refundUntil,
        String reason,
        String by,
        Idempotency repeat) {}
