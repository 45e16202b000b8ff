package dev.abendkasse.server.boxoffice.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What own staff should know of a purchase before they take it over.
 *
 * @param hijackId none where there is no take-over
 * @param caseNumber of the case that is open about it
 * @param blocks those on its buyer that are in force, the newest first
 */
public record HijackNotice(
        @Nullable UUID hijackId, @Nullable String caseNumber, List<Block> blocks) {

    /** One of the blacklist's entries. */
    public record Block(
            UUID entryId,
            @Nullable UUID customerId,
            @Nullable String email,
            String reason,
            List<Evidence> evidence,
            String createdBy,
            Instant createdAt,
            @Nullable Instant endsAt,
            long version) {}

    /**
     * What a block rests on.
     *
     * @param orderNumber the order that it happened with
     */
    public record Evidence(String text, @Nullable String orderNumber) {}
}
