package dev.abendkasse.server.outbox.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as staff see it: never what is in it, which may be about persons.
 *
 * @param dueAt of one that waits: when it is tried next
 */
public record OutboxEntry(
        UUID messageId,
        String kind,
        String key,
        State state,
        int tries,
        @Nullable String lastError,
        @Nullable Instant dueAt,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable String dismissedBy,
        @Nullable String dismissalNote) {

    /** How far a message is. */
    public enum State {
        WAITING,
        DONE,
        DEAD,
        /** Staff have decided that it need not leave. */
        DISMISSED
    }
}
