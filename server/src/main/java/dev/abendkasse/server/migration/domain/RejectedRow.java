package dev.abendkasse.server.migration.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row that became no account. */
public record RejectedRow(
        long number,
        RowOutcome outcome,
        @Nullable String reason,
        @Nullable String column,
        Map<String, String> cells) {}
