package dev.abendkasse.server.live;

import dev.abendkasse.server.live.domain.LiveEvent;
import dev.abendkasse.server.live.domain.LiveMessage;
import dev.abendkasse.server.live.domain.Missed;
import dev.abendkasse.server.live.store.LiveStore;
import dev.abendkasse.server.live.store.PlaceStore;
import dev.abendkasse.server.secret.Secrets;
import dev.abendkasse.server.shared.CartId;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Opens streams for clients. */
@Service
public class LiveStreams {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStreams.class);

    /** Whoever has missed more is quicker in looking for itself. */
    private static final int MOST_MISSED = 2000;

    private static final int TAKEN_AHEAD = 8;

    private final LiveStore events;
    private final PlaceStore places;
    private final LiveFeed feed;
    private final CartWatch watch;
    private final Secrets secrets;

    LiveStreams(LiveStore events, PlaceStore places, LiveFeed feed, CartWatch watch, Secrets secrets) {
        this.events = events;
        this.places = places;
        this.feed = feed;
        this.watch = watch;
        this.secrets = secrets;
    }

    /** What becomes of the seats of a performance; fails when there is none. */
    public Mono<Flux<LiveMessage>> seats(UUID performance, @Nullable String lastEventId) {
        return events.hasPerformance(performance)
                .filter(there -> there)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.PERFORMANCE_NOT_FOUND)))
                .map(_ -> seats(performance, Resumption.from(lastEventId)));
    }

    /** What becomes of a cart; fails when there is none with this id and token. */
    public Mono<Flux<LiveMessage>> cart(CartId cart, String token, @Nullable String lastEventId) {
        return events.hasCart(cart.value(), secrets.hash(token))
                .filter(there -> there)
                .switchIfEmpty(Mono.error(() -> new ProblemException(ProblemType.CART_NOT_FOUND)))
                .map(_ -> cart(cart.value(), Resumption.from(lastEventId)));
    }

    private Flux<LiveMessage> seats(UUID performance, Resumption resumption) {
        return stream(
                performance,
                resumption,
                stream -> Flux.concat(
                        stream.catchUp(missed(performance, resumption), missed -> seatsOf(performance, missed)),
                        stream.news()));
    }

    private Flux<LiveMessage> cart(UUID cart, Resumption resumption) {
        return stream(
                cart,
                resumption,
                stream -> Flux.concat(
                        stream.catchUp(missed(cart, resumption), LiveStreams::newsIn),
                        stream.news().publish(news -> withWatch(cart, news, resumption.fresh()), TAKEN_AHEAD)));
    }

    private Flux<LiveMessage> withWatch(UUID cart, Flux<LiveMessage> news, boolean fresh) {
        return Flux.merge(
                news, watch.of(Mono.defer(() -> events.cart(cart)), news.ofType(LiveMessage.Cart.class), fresh));
    }

    private Flux<LiveMessage> stream(
            UUID topic, Resumption resumption, Function<LiveStream, Flux<LiveMessage>> content) {
        return Flux.using(
                        () -> feed.listen(topic),
                        listener -> content.apply(new LiveStream(resumption, listener)),
                        feed::leave)
                .takeUntil(LiveMessage::isLast)
                .onErrorResume(error -> brokenOff(topic, error));
    }

    /** It has begun, so nothing can be said any more; the client comes back. */
    private static Flux<LiveMessage> brokenOff(UUID topic, Throwable error) {
        LOG.warn("The stream of {} breaks off: {}", topic, error.toString());
        return Flux.empty();
    }

    private Mono<Missed> missed(UUID topic, Resumption resumption) {
        return Mono.defer(() -> events.since(resumption.since(), topic, MOST_MISSED));
    }

    private Flux<LiveMessage> seatsOf(UUID performance, List<LiveEvent> missed) {
        var changed = new TreeSet<Integer>();
        missed.forEach(event -> changed.addAll(event.places()));
        return changed.isEmpty()
                ? Flux.empty()
                : places.now(performance, changed)
                        .flatMapIterable(now -> now.messages(missed.getLast().seq()));
    }

    private static Flux<LiveMessage> newsIn(List<LiveEvent> missed) {
        return Flux.fromIterable(missed)
                .mapNotNull(event -> event.news() == null ? null : new LiveMessage.Cart(event.seq(), event.news()));
    }
}
