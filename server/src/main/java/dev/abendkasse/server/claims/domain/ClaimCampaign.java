package dev.abendkasse.server.claims.domain;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A campaign and what has become of its mails. The names of the components are those that the database writes.
 *
 * @param source only accounts from this former shop
 * @param leftOut accounts that had been mailed a link within a day
 * @param claimed how many of those who were mailed can sign in by now
 * @param waiting how many still have their turn
 */
public record ClaimCampaign(
        UUID campaignId,
        State state,
        @Nullable String source,
        int perHour,
        long posted,
        long leftOut,
        long claimed,
        long undelivered,
        long waiting,
        String startedBy,
        Instant startedAt,
        @Nullable Instant endedAt) {

    public enum State {
        RUNNING,
        PAUSED,
        DONE,
        CANCELLED
    }
}
