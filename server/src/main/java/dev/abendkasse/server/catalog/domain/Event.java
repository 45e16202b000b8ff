package dev.abendkasse.server.catalog.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A production and its performances in the order of their start. */
public record Event(UUID eventId, String title, String description, long version, List<Showing> performances) {

    /** A performance in short. */
    public record Showing(
            UUID performanceId,
            String hall,
            Instant startsAt,
            String timeZone,
            Performance.State state,
            boolean onSale) {}
}
