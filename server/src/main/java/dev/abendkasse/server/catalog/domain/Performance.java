package dev.abendkasse.server.catalog.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dated showing of an event, what it costs and how much is free. */
public record Performance(
        UUID performanceId,
        UUID eventId,
        String eventTitle,
        @Nullable UUID seatingPlanId,
        String hall,
        Instant startsAt,
        String timeZone,
        Instant salesStart,
        Instant salesEnd,
        State state,
        @Nullable Instant refundUntil,
        boolean onSale,
        String currency,
        long version,
        List<Category> categories) {

    /** Whether it takes place as announced. */
    public enum State {
        SCHEDULED,
        POSTPONED,
        CANCELLED
    }

    /**
     * A price band.
     *
     * @param seated whether its places are seats of the hall
     * @param priceTypes the usual price first
     */
    public record Category(
            String category,
            String name,
            @Nullable String color,
            boolean seated,
            int capacity,
            int available,
            List<PriceType> priceTypes) {}

    /** @param amount in the performance's currency */
    public record PriceType(String priceType, String name, long amount) {}
}
