package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file that is to become an entry.
 *
 * @param row its number in the file, from 1
 * @param matchKey hex, as an export has it; counts where there is no address
 */
public record BlacklistRow(
        int row,
        @Nullable UUID customerId,
        @Nullable String email,
        @Nullable String matchKey,
        String reason,
        List<Evidence> evidence,
        @Nullable Instant endsAt) {

    public BlacklistRow {
        evidence = List.copyOf(evidence);
    }
}
