package dev.abendkasse.server.changes.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of a performance and how far it is.
 *
 * @param carts how many have been closed
 * @param orders how many have been dealt with
 * @param refunds how many that has made
 */
public record PerformanceChange(
        UUID changeId,
        UUID performanceId,
        Kind kind,
        State state,
        Instant createdAt,
        @Nullable Instant endedAt,
        int carts,
        int orders,
        int refunds) {

    /** What is changed. */
    public enum Kind {
        CANCELLATION,
        POSTPONEMENT
    }

    /** Whether something is left to do. */
    public enum State {
        RUNNING,
        DONE,
        /** Staff have given it up. */
        STOPPED
    }
}
