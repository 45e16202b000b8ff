package dev.abendkasse.server.catalog.domain;

import dev.abendkasse.server.catalog.domain.Cursor.AfterEvent;
import java.time.Instant;

/**
 * What to find.
 *
 * @param title part of the title; empty for any
 * @param to the first instant that is too late
 * @param after where the page starts, and where the time asked for begins
 */
public record EventSearch(String title, Instant to, AfterEvent after, int limit) {

    /** Finds whether another page follows. */
    public EventSearch withOneMore() {
        return new EventSearch(title, to, after, limit + 1);
    }
}
