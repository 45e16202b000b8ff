package dev.abendkasse.server.live;

import dev.abendkasse.server.database.Notifications;
import dev.abendkasse.server.live.domain.LiveEvent;
import dev.abendkasse.server.live.domain.LiveMessage;
import dev.abendkasse.server.live.domain.Missed;
import dev.abendkasse.server.live.domain.PlacesNow;
import dev.abendkasse.server.live.store.LiveStore;
import dev.abendkasse.server.live.store.PlaceStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * This replica's reader: reads new events once for all of its streams and tells them to those that listen. The states of
 * places are read after the events, so whoever hears of a change hears at least of that one.
 */
@Component
class LiveFeed {

    private static final int AT_ONCE = 5000;
    private static final long NOWHERE = -1;

    private final LiveStore events;
    private final PlaceStore places;
    private final Notifications notifications;
    private final LiveProperties properties;
    private final Map<UUID, Set<LiveListener>> listeners = new ConcurrentHashMap<>();

    /** All events up to here have been told to everyone who listens. */
    private volatile long position = NOWHERE;

    LiveFeed(LiveStore events, PlaceStore places, Notifications notifications, LiveProperties properties) {
        this.events = events;
        this.places = places;
        this.notifications = notifications;
        this.properties = properties;
    }

    /** From now on it is told everything about the topic; what happened before, it has to read itself. */
    LiveListener listen(UUID topic) {
        var listener = new LiveListener(topic, properties.buffer());
        listeners.compute(topic, (_, others) -> {
            var all = others == null ? ConcurrentHashMap.<LiveListener>newKeySet() : others;
            all.add(listener);
            return all;
        });
        return listener;
    }

    void leave(LiveListener listener) {
        listeners.computeIfPresent(listener.topic(), (_, others) -> {
            others.remove(listener);
            return others.isEmpty() ? null : others;
        });
    }

    /** Never ends by itself. */
    @Scheduled(fixedDelayString = "${abendkasse.live.again-after:1s}")
    Mono<Void> follow() {
        return Flux.merge(
                        notifications.on(Notifications.Channel.LIVE),
                        Flux.interval(properties.lookEvery()).map(_ -> Notifications.ANYTHING))
                .startWith(Notifications.ANYTHING)
                .onBackpressureLatest()
                .concatMap(_ -> catchUp().then(Mono.delay(properties.readEvery())), 1)
                .then();
    }

    /** Shows all clients that their streams are alive, and up to where they have heard everything. */
    @Scheduled(fixedDelayString = "${abendkasse.live.again-after:1s}")
    Mono<Void> beat() {
        return Flux.interval(properties.heartbeat())
                .onBackpressureDrop()
                .map(_ -> position)
                .filter(known -> known != NOWHERE)
                .doOnNext(known -> tellAll(new LiveMessage.Position(known), known))
                .then();
    }

    private Mono<Void> catchUp() {
        return Mono.defer(() -> events.since(position, AT_ONCE))
                .flatMap(missed -> tell(missed).thenReturn(missed))
                .repeat()
                .takeUntil(missed -> !missed.isPartial())
                .then();
    }

    private Mono<Void> tell(Missed missed) {
        if (missed.isUnknown()) {
            return Mono.fromRunnable(() -> startAgain(missed.last()));
        }
        var wanted = missed.events().stream()
                .filter(event -> listeners.containsKey(event.topic()))
                .toList();
        return statesFor(wanted)
                .doOnNext(now -> tell(wanted, now, missed.upTo()))
                .then();
    }

    /** At the beginning, or when events are gone that this has not read: nobody knows what they have missed. */
    private void startAgain(long last) {
        position = last;
        tellAll(new LiveMessage.Resync(last), last);
    }

    private Mono<Map<UUID, PlacesNow>> statesFor(List<LiveEvent> wanted) {
        var changed = wanted.stream()
                .filter(event -> event.news() == null)
                .collect(Collectors.toMap(LiveEvent::topic, event -> new TreeSet<>(event.places()), LiveFeed::both));
        return changed.isEmpty() ? Mono.just(Map.of()) : places.now(changed);
    }

    private static TreeSet<Integer> both(TreeSet<Integer> some, Collection<Integer> others) {
        some.addAll(others);
        return some;
    }

    private void tell(List<LiveEvent> wanted, Map<UUID, PlacesNow> now, long upTo) {
        for (var event : wanted) {
            if (event.news() != null) {
                tell(event.topic(), new LiveMessage.Cart(event.seq(), event.news()), event.seq());
            }
        }
        now.forEach((performance, places) -> {
            var last = lastOn(performance, wanted);
            places.messages(last).forEach(message -> tell(performance, message, last));
        });
        position = upTo;
    }

    private static long lastOn(UUID topic, List<LiveEvent> events) {
        return events.stream()
                .filter(event -> event.topic().equals(topic))
                .mapToLong(LiveEvent::seq)
                .max()
                .orElseThrow();
    }

    private void tell(UUID topic, LiveMessage message, long upTo) {
        listeners.getOrDefault(topic, Set.of()).forEach(listener -> listener.tell(message, upTo));
    }

    private void tellAll(LiveMessage message, long upTo) {
        listeners.values().forEach(some -> some.forEach(listener -> listener.tell(message, upTo)));
    }
}
