package dev.abendkasse.server.gate.domain;

import dev.abendkasse.server.shared.Idempotency;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scans of tickets whose signatures are right.
 *
 * @param by who works at the gate
 */
public record CheckInCommand(
        List<ReadScan> scans, String gate, String by, long opensSeconds, long closesSeconds, Idempotency repeat) {

    /**
     * A scan and what its code says.
     *
     * @param performanceId what the ticket is for, by its code
     * @param gatePerformanceId what the gate is for; null: anything
     */
    public record ReadScan(
            UUID scanId,
            UUID ticketId,
            UUID performanceId,
            @Nullable UUID gatePerformanceId,
            @Nullable Instant at) {}
}
