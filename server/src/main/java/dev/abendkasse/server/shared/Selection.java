package dev.abendkasse.server.shared;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What to hold: named seats, or so many of a category.
 *
 * @param priceType the performance's first one when null
 */
public record Selection(
        UUID performanceId,
        @Nullable List<String> seatIds,
        @Nullable String category,
        @Nullable Integer quantity,
        @Nullable String priceType) {

    /** Either seats, or a category with a quantity, and not both. */
    public boolean isUnambiguous() {
        return seatIds != null ? category == null && quantity == null : category != null && quantity != null;
    }
}
