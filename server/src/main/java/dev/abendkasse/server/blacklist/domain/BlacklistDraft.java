package dev.abendkasse.server.blacklist.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom to block and why.
 *
 * @param orders what becomes of the person's orders that wait for a decision
 */
public record BlacklistDraft(
        BlacklistPerson person,
        String reason,
        List<Evidence> evidence,
        @Nullable Instant endsAt,
        List<OrderDecision> orders) {

    public BlacklistDraft {
        evidence = List.copyOf(evidence);
        orders = List.copyOf(orders);
    }
}
