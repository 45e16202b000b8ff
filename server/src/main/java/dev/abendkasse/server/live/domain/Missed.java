package dev.abendkasse.server.live.domain;

import java.util.List;

/**
 * What has happened since a position.
 *
 * @param since that position
 * @param last the position of the latest event of all
 * @param forgotten up to here events are not kept any more
 * @param most how many were asked for at most
 */
public record Missed(long since, long last, long forgotten, int most, List<LiveEvent> events) {

    /** Whether some are gone, or the position is none of this database. */
    public boolean isUnknown() {
        return since < forgotten || since > last;
    }

    /** Whether there may be more of them. */
    public boolean isPartial() {
        return events.size() >= most;
    }

    /** Up to where this tells all. */
    public long upTo() {
        return isPartial() ? events.getLast().seq() : last;
    }
}
