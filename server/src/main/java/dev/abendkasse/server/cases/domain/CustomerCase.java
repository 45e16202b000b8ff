package dev.abendkasse.server.cases.domain;

import dev.abendkasse.server.shared.Item;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A case as its customer sees it. The names of the components are those that the database writes.
 *
 * @param aboutLimit whether it is a request for another limit and not an order
 * @param question what the box office asks, while it waits for the answer
 */
public record CustomerCase(
        String caseNumber,
        CaseFile.State state,
        boolean aboutLimit,
        @Nullable String question,
        @Nullable UUID orderId,
        @Nullable String orderNumber,
        Item.@Nullable Price requestedLimit,
        @Nullable Instant deadline,
        Instant createdAt,
        @Nullable Instant endedAt) {}
