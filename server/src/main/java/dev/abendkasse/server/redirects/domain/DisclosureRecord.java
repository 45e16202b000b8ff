package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.TimeCursor;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** That a person was told, and of what. */
public record DisclosureRecord(
        UUID disclosureId,
        Instant disclosedAt,
        String disclosedBy,
        String checkedBy,
        String proof,
        String language,
        @Nullable UUID customerId,
        @Nullable String email,
        List<UUID> entryIds,
        int attemptsInAll) {

    public String cursor() {
        return new TimeCursor<>(disclosedAt, disclosureId).text();
    }
}
