package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done with an entry, and how it was from then on.
 *
 * @param note why it was lifted
 */
public record BlacklistHistory(
        Action action,
        Instant at,
        String by,
        long version,
        String reason,
        List<Evidence> evidence,
        @Nullable Instant endsAt,
        @Nullable String note,
        List<OrderDecision> orders) {

    /** What was done. */
    public enum Action {
        ADDED,
        CHANGED,
        LIFTED
    }
}
