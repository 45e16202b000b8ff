package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block on a person.
 *
 * @param email none once the person has been erased
 * @param ended how much ended at once because of it; unknown for blocks of long ago
 * @param active whether it is neither lifted nor ended, by the database's clock
 */
public record BlacklistEntry(
        UUID entryId,
        @Nullable UUID customerId,
        @Nullable String email,
        String reason,
        List<Evidence> evidence,
        String createdBy,
        Instant createdAt,
        @Nullable Instant endsAt,
        @Nullable Instant liftedAt,
        @Nullable String liftedBy,
        @Nullable String liftNote,
        long version,
        @Nullable Ended ended,
        boolean active) {

    /** How much ends at once with a block. */
    public record Ended(int carts, int paymentLinks, int payments) {}
}
