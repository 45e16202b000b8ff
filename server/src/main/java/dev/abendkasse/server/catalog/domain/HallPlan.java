package dev.abendkasse.server.catalog.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A hall as imported. */
public record HallPlan(
        UUID seatingPlanId,
        String name,
        int seatCount,
        Instant importedAt,
        @Nullable Double width,
        @Nullable Double height,
        List<Category> categories) {

    /** @param category the key made from the name */
    public record Category(
            String category, String name, @Nullable String color, int seatCount) {}
}
