package dev.abendkasse.server.hotline.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is looked for, by one criterion. The names of the components are those that the database reads.
 *
 * @param by who is looking
 * @param matchKey of an address, in hex
 * @param afterRank only customers who match worse, or as well and come after
 * @param limit how many at most
 */
public record CustomerSearch(
        String by,
        @Nullable String matchKey,
        @Nullable String userName,
        @Nullable String orderNumber,
        @Nullable UUID customerId,
        @Nullable String name,
        @Nullable String phone,
        @Nullable Integer afterRank,
        @Nullable Instant beforeAt,
        @Nullable UUID beforeId,
        int limit) {}
