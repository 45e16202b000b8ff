package dev.abendkasse.server.gate;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody held before a scanner.
 *
 * @param scanId the same when the scan is sent again
 * @param code whatever was read
 * @param performanceId the one that the gate is for; null: any
 * @param at when, if it was decided without a network; null: now
 */
public record Scan(
        UUID scanId,
        String code,
        @Nullable UUID performanceId,
        @Nullable Instant at) {}
