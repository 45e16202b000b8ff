package dev.abendkasse.server.live.web;

import dev.abendkasse.api.model.CartEvent;
import dev.abendkasse.api.model.CartEventType;
import dev.abendkasse.api.model.GeneralAdmission;
import dev.abendkasse.api.model.SeatChange;
import dev.abendkasse.api.model.SeatEvent;
import dev.abendkasse.api.model.SeatEventType;
import dev.abendkasse.api.model.SeatState;
import dev.abendkasse.server.live.LiveProperties;
import dev.abendkasse.server.live.domain.LiveMessage;
import dev.abendkasse.server.live.domain.SeatNow;
import dev.abendkasse.server.live.domain.StandingNow;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;

/** Writes what streams say as server-sent events. */
@Component
final class LiveMapper {

    private final long retryMillis;

    LiveMapper(LiveProperties properties) {
        this.retryMillis = properties.retry().toMillis();
    }

    ServerSentEvent<SeatEvent> toSeatEvent(LiveMessage message) {
        return switch (message) {
            case LiveMessage.Seats seats -> event(seats.seq(), "seats", toContract(seats));
            case LiveMessage.Resync(var seq) -> event(seq, "resync", new SeatEvent(SeatEventType.RESYNC));
            default -> withoutData(message);
        };
    }

    ServerSentEvent<CartEvent> toCartEvent(LiveMessage message) {
        return switch (message) {
            case LiveMessage.Cart cart ->
                cartEvent(idOf(cart), CartEventType.valueOf(cart.news().name()));
            case LiveMessage.Resync(var seq) -> cartEvent(seq, CartEventType.RESYNC);
            case LiveMessage.Expiring(var at) ->
                event(null, "expiring", new CartEvent(CartEventType.EXPIRING).expiresAt(at));
            default -> withoutData(message);
        };
    }

    /** The last one has none, so that it is the same however the cart has ended. Nothing is to be resumed after it. */
    private static @Nullable Long idOf(LiveMessage.Cart cart) {
        return cart.isLast() ? null : cart.seq();
    }

    private static ServerSentEvent<CartEvent> cartEvent(@Nullable Long seq, CartEventType type) {
        var name = type.getValue().toLowerCase(Locale.ROOT).replace('_', '-');
        return event(seq, name, new CartEvent(type));
    }

    /** What clients do not pass on: how to come back, from where, and that the connection is alive. */
    private <E> ServerSentEvent<E> withoutData(LiveMessage message) {
        var event = ServerSentEvent.<E>builder();
        return switch (message) {
            case LiveMessage.Opening _ -> event.retry(retry()).build();
            case LiveMessage.Position(var seq) ->
                event.id(Long.toString(seq)).comment("").build();
            default -> throw new IllegalArgumentException("not said on this stream: " + message);
        };
    }

    private Duration retry() {
        return Duration.ofMillis(retryMillis + ThreadLocalRandom.current().nextLong(retryMillis + 1));
    }

    private static <E> ServerSentEvent<E> event(@Nullable Long seq, String name, E data) {
        var event = ServerSentEvent.builder(data).event(name);
        return seq == null ? event.build() : event.id(Long.toString(seq)).build();
    }

    private static SeatEvent toContract(LiveMessage.Seats seats) {
        return new SeatEvent(SeatEventType.SEATS)
                .seats(seats.seats().stream().map(LiveMapper::toContract).toList())
                .generalAdmission(
                        seats.standing().stream().map(LiveMapper::toContract).toList());
    }

    private static SeatChange toContract(SeatNow seat) {
        return new SeatChange(seat.seatId(), toContract(seat.state()));
    }

    private static SeatState toContract(SeatNow.State state) {
        return switch (state) {
            case AVAILABLE -> SeatState.AVAILABLE;
            case HELD -> SeatState.HELD;
            case SOLD -> SeatState.SOLD;
        };
    }

    private static GeneralAdmission toContract(StandingNow standing) {
        return new GeneralAdmission(standing.category(), standing.capacity(), standing.available());
    }
}
