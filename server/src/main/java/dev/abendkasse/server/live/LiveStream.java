package dev.abendkasse.server.live;

import dev.abendkasse.server.live.domain.LiveEvent;
import dev.abendkasse.server.live.domain.LiveMessage;
import dev.abendkasse.server.live.domain.Missed;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One stream: what its client has missed, then what happens. */
final class LiveStream {

    private final Resumption resumption;
    private final LiveListener listener;

    /** All events of the topic up to here have been told. Set by the replay, before anything else is told. */
    private long told;

    /** @param listener has been listening since before the missed events are read, so that nothing falls between the two */
    LiveStream(Resumption resumption, LiveListener listener) {
        this.resumption = resumption;
        this.listener = listener;
    }

    /**
     * The stream opens only now: whoever looks at the seats or the cart after it has opened, sees all that is not told here.
     *
     * @param missed what has happened since the client's position
     * @param replay how events that were missed are told
     */
    Flux<LiveMessage> catchUp(Mono<Missed> missed, Function<List<LiveEvent>, Flux<LiveMessage>> replay) {
        return missed.doOnNext(found -> told = found.last())
                .flatMapMany(found -> catchUp(found, replay).startWith(new LiveMessage.Opening()));
    }

    private Flux<LiveMessage> catchUp(Missed missed, Function<List<LiveEvent>, Flux<LiveMessage>> replay) {
        if (resumption.fresh()) {
            return position();
        }
        // The position comes after the replay: a client that is cut off in its middle has not heard all up to there.
        return missed.isUnknown() || missed.isPartial()
                ? Flux.just(new LiveMessage.Resync(told))
                : replay.apply(missed.events()).concatWith(position());
    }

    /** What happens, without what has been told before. */
    Flux<LiveMessage> news() {
        return listener.messages().concatMapIterable(this::news);
    }

    private List<LiveMessage> news(LiveMessage message) {
        return switch (message) {
            case LiveMessage.Position(var seq) -> List.of(new LiveMessage.Position(upTo(seq)));
            case LiveMessage.Resync(var seq) -> List.of(new LiveMessage.Resync(upTo(seq)));
            case LiveMessage.Seats(var seq, var _, var _) when seq != null && seq <= told -> List.of();
            case LiveMessage.Cart(var seq, var _) when seq != null && seq <= told -> List.of();
            default -> List.of(message);
        };
    }

    /** Heartbeats may lag behind the replay. */
    private long upTo(long seq) {
        told = Math.max(told, seq);
        return told;
    }

    private Flux<LiveMessage> position() {
        return Flux.just(new LiveMessage.Position(told));
    }
}
