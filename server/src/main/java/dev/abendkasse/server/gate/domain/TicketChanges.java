package dev.abendkasse.server.gate.domain;

import java.util.List;

/**
 * What has changed since a cursor.
 *
 * @param next where to go on
 * @param more whether there is more already
 */
public record TicketChanges(List<TicketChange> items, ChangeCursor next, boolean more) {

    /** @param found one more than are wanted, if there is one more */
    public static TicketChanges of(List<TicketChange> found, int limit, ChangeCursor after) {
        var items = found.subList(0, Math.min(limit, found.size()));
        var next = items.isEmpty() ? after : new ChangeCursor(items.getLast().number());
        return new TicketChanges(items, next, found.size() > limit);
    }
}
