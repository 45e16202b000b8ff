package dev.abendkasse.server.signing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has been and will be signed with, without the key itself. */
public record KeyRecord(
        String keyId,
        State state,
        Instant createdAt,
        @Nullable Instant activatedAt,
        @Nullable Instant endedAt) {

    /** From being known ahead of its time to its end. */
    public enum State {
        NEXT,
        ACTIVE,
        RETIRED,
        WITHDRAWN
    }
}
