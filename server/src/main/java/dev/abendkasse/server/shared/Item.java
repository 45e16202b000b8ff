package dev.abendkasse.server.shared;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One seat, or one place of a general-admission category, in a cart or an order. It keeps its id from cart to order. */
public record Item(
        UUID itemId,
        UUID performanceId,
        String category,
        String categoryName,
        @Nullable SeatLabel seat,
        String priceType,
        Price price) {

    /** Where the seat is. */
    public record SeatLabel(String seatId, String section, String row, String number) {}

    /** What it costs, in minor units. */
    public record Price(long amount, String currency) {

        public Money money() {
            return Money.of(amount, currency);
        }
    }
}
