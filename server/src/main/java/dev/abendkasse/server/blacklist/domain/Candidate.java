package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A person with facts, of whom nobody has said yet whether these are enough.
 *
 * @param version stands for exactly these facts
 * @param since from when on facts and purchases are looked at
 * @param conspicuous purchases with at least one fact
 * @param purchases all that were seen; beyond what the rules can bear they are not counted on
 */
public record Candidate(
        UUID suggestionId,
        long version,
        @Nullable UUID customerId,
        @Nullable String name,
        @Nullable String email,
        Instant since,
        int conspicuous,
        int purchases,
        List<Count> counts,
        Instant latestFactAt) {

    /** How many facts of a kind there are. */
    public record Count(FactKind kind, int count) {}
}
