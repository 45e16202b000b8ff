package dev.abendkasse.server.claims.domain;

import dev.abendkasse.server.shared.Idempotency;
import org.jspecify.annotations.Nullable;

/**
 * Whom to send claim links, and how fast. The names of the components are those that the database reads.
 *
 * @param source only accounts from this former shop
 * @param repeat none where nothing is to be changed
 */
public record ClaimPlan(
        @Nullable String source,
        int perHour,
        String by,
        @Nullable Idempotency repeat) {}
