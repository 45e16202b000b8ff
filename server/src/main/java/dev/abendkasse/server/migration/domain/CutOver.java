package dev.abendkasse.server.migration.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the way of the day on which customers can come. The names of the components are those that the database writes.
 *
 * @param unwrapped weak hashes that are still to be wrapped
 * @param exceptionsDigest stands for the list of unexplained rows
 */
public record CutOver(
        boolean loginOpen,
        boolean newsletterOpen,
        long importsUnderWay,
        long unexplained,
        long unwrapped,
        String exceptionsDigest,
        @Nullable String openedBy,
        @Nullable Instant openedAt) {}
