package dev.abendkasse.server.credit.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a customer's limit. The names of the components are those that the database writes.
 *
 * @param from in minor units; null where the installation's default applied
 * @param to in minor units; null where it applies again
 */
public record LimitChange(
        long changeId, @Nullable Long from, @Nullable Long to, String reason, String by, Instant at) {}
