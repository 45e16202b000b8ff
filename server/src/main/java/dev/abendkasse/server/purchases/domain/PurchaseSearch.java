package dev.abendkasse.server.purchases.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is looked for: texts, a pick-up code, an order number or a seat, and what narrows it down. The names of the components are
 * those that the database's function reads.
 *
 * @param by who is looking
 * @param texts any of them will do
 * @param seatId a seat of that performance
 * @param endedSeconds how long ago a cart may have ended
 * @param beforeAt only what was begun before, or then and with a smaller id
 */
public record PurchaseSearch(
        String by,
        @Nullable List<String> texts,
        @Nullable String pickupCode,
        @Nullable String orderNumber,
        @Nullable UUID performanceId,
        @Nullable String seatId,
        @Nullable Set<Purchase.State> states,
        @Nullable Instant from,
        @Nullable Instant to,
        long endedSeconds,
        @Nullable Instant beforeAt,
        @Nullable UUID beforeId,
        int limit) {

    /** Of one name there are many carts, and most have ended because nobody wanted them. */
    private static final Duration BY_PERSON = Duration.ofHours(1);

    private static final Duration OTHERWISE = Duration.ofDays(7);

    /** How long ago a cart may have ended, when nobody has said. */
    public static Duration usualAge(boolean byPerson) {
        return byPerson ? BY_PERSON : OTHERWISE;
    }
}
