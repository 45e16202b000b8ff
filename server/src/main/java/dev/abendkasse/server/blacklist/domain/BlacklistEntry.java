package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A block on a person.
 *
 * @param active whether it is neither lifted nor ended, by the database's clock
 */
public record BlacklistEntry(
        UUID entryId,
        @Nullable UUID customerId,
        @Nullable String email,
        String reason,
        String createdBy,
        Instant createdAt,
        @Nullable Instant endsAt,
        @Nullable Instant liftedAt,
        @Nullable String liftedBy,
        @Nullable String liftNote,
        boolean active) {}
