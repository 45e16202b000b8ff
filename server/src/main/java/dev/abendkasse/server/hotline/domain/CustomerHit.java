package dev.abendkasse.server.hotline.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer who was found. The names of the components are those that the database writes.
 *
 * @param email the current address
 * @param rank how well they match; the lower the better
 */
public record CustomerHit(
        UUID customerId,
        String name,
        @Nullable String email,
        @Nullable String phone,
        LoginFacts.Match matchedBy,
        Instant createdAt,
        LoginFacts login,
        int rank) {}
