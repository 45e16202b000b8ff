package dev.abendkasse.server.migration.domain;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row that became no account.
 *
 * @param explanation null: nobody has said yet why that is right
 */
public record RejectedRow(
        long number,
        RowOutcome outcome,
        @Nullable String reason,
        @Nullable String column,
        Map<String, String> cells,
        @Nullable Explanation explanation) {

    /** Why it is right that it became none, or what is done about it; of a list that was signed, the note. */
    public record Explanation(String note, String by, Instant at) {}
}
