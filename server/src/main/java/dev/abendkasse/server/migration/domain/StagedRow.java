package dev.abendkasse.server.migration.domain;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as it is put aside.
 *
 * @param number the first row after the header, or of all, is 1
 * @param canonical of the address; null: none that can be read
 * @param userCanonical of the name to sign in with; null: none
 * @param reason null: it is as it should be
 * @param column where the reason is
 * @param facts what it says, read; empty: it cannot be read
 * @param cells what the file says, without passwords
 */
public record StagedRow(
        long number,
        @Nullable String sourceId,
        @Nullable String canonical,
        @Nullable String userCanonical,
        RowOutcome outcome,
        @Nullable String reason,
        @Nullable String column,
        Map<String, Object> facts,
        Map<String, String> cells) {}
