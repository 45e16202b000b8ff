package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an entry is to be from now on. The names of the components are those that the database reads.
 *
 * @param version the entry's, as whoever changes it has seen it
 * @param by who changes it
 */
public record BlacklistChange(
        UUID entryId,
        long version,
        String reason,
        List<Evidence> evidence,
        @Nullable Instant endsAt,
        String by) {

    public BlacklistChange {
        evidence = List.copyOf(evidence);
    }
}
