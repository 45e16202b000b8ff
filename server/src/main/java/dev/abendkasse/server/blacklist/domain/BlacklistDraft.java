package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whom to block and why. */
public record BlacklistDraft(
        @Nullable UUID customerId,
        @Nullable String email,
        String reason,
        @Nullable Instant endsAt) {

    public BlacklistDraft {
        if (customerId == null && email == null) {
            throw new IllegalArgumentException("A block needs a customer or an address");
        }
    }
}
