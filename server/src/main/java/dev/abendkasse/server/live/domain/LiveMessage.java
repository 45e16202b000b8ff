package dev.abendkasse.server.live.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a stream says. */
public sealed interface LiveMessage {

    /** The stream is there. */
    record Opening() implements LiveMessage {}

    /** All events up to here have been told. */
    record Position(long seq) implements LiveMessage {}

    /** Something was missed, or may have been: the client has to look for itself. Up to here it then knows all. */
    record Resync(long seq) implements LiveMessage {}

    /**
     * What some places are now.
     *
     * @param seq null when there is more to tell up to the next position
     */
    record Seats(@Nullable Long seq, List<SeatNow> seats, List<StandingNow> standing) implements LiveMessage {}

    /** @param seq null when it is told from how the cart is now */
    record Cart(@Nullable Long seq, CartNews news) implements LiveMessage {}

    /** The cart's time is up then. */
    record Expiring(Instant at) implements LiveMessage {}

    /** Whether a stream ends with it. */
    default boolean isLast() {
        return this instanceof Cart cart && cart.news().isLast();
    }
}
