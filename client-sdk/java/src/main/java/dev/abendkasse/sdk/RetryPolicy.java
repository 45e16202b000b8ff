package dev.abendkasse.sdk;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and how long a request is repeated. Only requests that cannot do a thing twice are: reads, and requests with
 * an {@code Idempotency-Key}.
 *
 * @param attempts how often a request is sent at most
 * @param pause the pause before the second attempt; doubled before each further one, then shortened at random by up to half
 * @param startWithin how long after the first attempt the last one may start; each has its read timeout in full
 */
public record RetryPolicy(int attempts, Duration pause, Duration startWithin) {

    public static final RetryPolicy STANDARD = new RetryPolicy(3, Duration.ofMillis(200), Duration.ofSeconds(60));

    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

    private static final int MOST_DOUBLINGS = 10;

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts must be at least 1");
        }
        if (pause.isNegative() || startWithin.isNegative()) {
            throw new IllegalArgumentException("pause and startWithin must not be negative");
        }
    }

    Duration pauseAfter(int attempt) {
        var longest =
                pause.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS)).toNanos();
        return Duration.ofNanos(longest - ThreadLocalRandom.current().nextLong(longest / 2 + 1));
    }
}
