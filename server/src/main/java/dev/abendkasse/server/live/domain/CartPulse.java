package dev.abendkasse.server.live.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a cart is at this moment.
 *
 * @param news what has become of it; null while it is open
 * @param left until its time is up, by the database's clock
 */
public record CartPulse(@Nullable CartNews news, Instant expiresAt, Duration left) {

    /** What is not there any more is closed like all that is closed. */
    public static final CartPulse GONE = new CartPulse(CartNews.CLOSED, Instant.EPOCH, Duration.ZERO);
}
