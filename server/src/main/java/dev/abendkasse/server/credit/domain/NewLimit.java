package dev.abendkasse.server.credit.domain;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A wish to change a limit. The names of the components are those that the database reads.
 *
 * @param version what the one who wishes it is looking at
 * @param limit in minor units; null for the installation's default
 */
public record NewLimit(
        UUID customerId, long version, @Nullable Long limit, String reason, String by) {}
