package dev.abendkasse.server.catalog.domain;

import dev.abendkasse.server.catalog.domain.Event.Showing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event as a search finds it.
 *
 * @param nextPerformanceAt when the first performance in the time asked for starts
 * @param performanceCount how many there are in that time
 * @param performances the first ten of them
 */
public record EventSummary(
        UUID eventId, String title, Instant nextPerformanceAt, int performanceCount, List<Showing> performances) {}
