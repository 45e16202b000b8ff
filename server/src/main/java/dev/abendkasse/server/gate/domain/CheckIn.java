package dev.abendkasse.server.gate.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a scan.
 *
 * @param ticket none if it is unknown
 * @param admittedAt when its bearer came in, now or before
 * @param gate where that was
 */
public record CheckIn(
        Result result,
        @Nullable GateTicket ticket,
        @Nullable Instant admittedAt,
        @Nullable String gate,
        @Nullable RevokedReason revokedReason,
        @Nullable Instant opensAt,
        @Nullable Instant closedAt) {

    public enum Result {
        ADMITTED,
        ALREADY_ADMITTED,
        REVOKED,
        WRONG_PERFORMANCE,
        NOT_OPEN_YET,
        OVER,
        UNKNOWN
    }

    /** Not one of our tickets, or forged. */
    public static CheckIn unknown() {
        return new CheckIn(Result.UNKNOWN, null, null, null, null, null, null);
    }
}
