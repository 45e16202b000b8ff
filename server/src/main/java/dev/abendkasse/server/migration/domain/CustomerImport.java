package dev.abendkasse.server.migration.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file of customers and how far it is. The names of the components are those that the database writes.
 *
 * @param apply whether accounts are made of its rows
 * @param done rows that are through the step that runs now
 * @param endsAt when that step will be done at its pace
 * @param unexplained rows that became no account and were not signed for
 */
public record CustomerImport(
        UUID importId,
        String source,
        boolean apply,
        State state,
        Instant exportedAt,
        long rows,
        long done,
        @Nullable Long rowsPerSecond,
        @Nullable Instant endsAt,
        List<Count> counts,
        long unexplained,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt,
        long version) {

    public enum State {
        UPLOADING,
        CHECKING,
        CHECKED,
        APPLYING,
        APPLIED,
        CANCELLED,
        FAILED
    }

    /** How many rows became the same for the same reason. */
    public record Count(RowOutcome outcome, @Nullable String reason, long rows) {}
}
