package dev.abendkasse.server.checkout.domain;

import dev.abendkasse.server.shared.Money;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The installation's rules for checkout.
 *
 * @param creditLimit for customers without a limit of their own
 * @param caseTime how long an order over the limit holds its seats
 * @param technicalSeats how many seats at most a buyer has held because an upstream is down
 * @param beforeShow how long before the performance nothing is held unpaid any more
 */
public record CheckoutPolicy(Money creditLimit, Duration caseTime, int technicalSeats, Duration beforeShow) {

    private static final Duration LEAST = Duration.ofMinutes(15);

    /**
     * The deadline of a review that starts now: not later than {@link #beforeShow} before the performance, but at least a
     * quarter of an hour, so that somebody can decide; never after the performance has begun.
     */
    public Instant deadline(Instant now, Duration time, @Nullable Instant firstStart) {
        var end = now.plus(time);
        if (firstStart == null) {
            return end;
        }
        var wanted = earlier(end, firstStart.minus(beforeShow));
        var atLeast = earlier(now.plus(LEAST), firstStart);
        return wanted.isAfter(atLeast) ? wanted : atLeast;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
