package dev.abendkasse.server.redirects.domain;

import dev.abendkasse.server.shared.Item.Price;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is held about a person.
 *
 * @param attempts the newest of them, the newest first
 */
public record Disclosure(
        UUID disclosureId,
        Instant disclosedAt,
        String disclosedBy,
        List<Entry> entries,
        List<Attempt> attempts,
        int attemptsInAll) {

    /** A block without its evidence and without the names of staff. */
    public record Entry(
            @Nullable String email,
            String reason,
            Instant since,
            @Nullable Instant endsAt,
            @Nullable Instant liftedAt,
            boolean active) {}

    /** An attempt to buy that ended at the overview. */
    public record Attempt(
            Instant at,
            @Nullable String email,
            RedirectReason reason,
            int quantity,
            @Nullable Price total,
            List<RedirectedCheckout.Performance> performances) {}

    /** How things stand with the person. */
    public enum Standing {
        NOTHING,
        FREE,
        BLOCKED
    }

    public Standing standing() {
        if (entries.stream().anyMatch(Entry::active)) {
            return Standing.BLOCKED;
        }
        return entries.isEmpty() && attempts.isEmpty() ? Standing.NOTHING : Standing.FREE;
    }
}
