package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.database.Notifications;
import dev.abendkasse.server.outbox.store.OutboxStore;
import java.util.List;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Sends what is due, each kind by itself so that one that is slow holds up no other. Works when it is told of work, when the
 * next message is due, and now and then.
 */
@Component
class OutboxRelay {

    private final List<OutboxHandler> handlers;
    private final OutboxDelivery delivery;
    private final OutboxStore store;
    private final Notifications notifications;
    private final Commits commits;
    private final OutboxProperties properties;

    OutboxRelay(
            List<OutboxHandler> handlers,
            OutboxDelivery delivery,
            OutboxStore store,
            Notifications notifications,
            Commits commits,
            OutboxProperties properties) {
        this.handlers = List.copyOf(handlers);
        this.delivery = delivery;
        this.store = store;
        this.notifications = notifications;
        this.commits = commits;
        this.properties = properties;
    }

    /** Never ends by itself. */
    @Scheduled(fixedDelayString = "${abendkasse.outbox.again-after:1s}")
    Flux<Void> announce() {
        var kinds = handlers.stream().map(OutboxHandler::kind).toArray(String[]::new);
        return commits.follow(Mono.defer(() -> store.announce(kinds)), properties.announceEvery());
    }

    /** Never ends by itself. */
    @Scheduled(fixedDelayString = "${abendkasse.outbox.again-after:1s}")
    Flux<Void> relay() {
        return Flux.fromIterable(handlers).flatMap(this::relay, Math.max(1, handlers.size()));
    }

    private Flux<Void> relay(OutboxHandler handler) {
        return Flux.defer(() -> relay(handler, new OutboxLanes(handler.atOnce())));
    }

    private Flux<Void> relay(OutboxHandler handler, OutboxLanes lanes) {
        var told = notifications.on(Notifications.Channel.OUTBOX).filter(kind -> concerns(kind, handler));
        return Flux.merge(told, Flux.interval(properties.lookEvery()), lanes.news())
                .startWith(Notifications.ANYTHING)
                .onBackpressureLatest()
                .concatMap(_ -> delivery.claimDue(handler, lanes), 1)
                .flatMap(message -> delivery.send(handler, message, lanes), handler.atOnce());
    }

    private static boolean concerns(String kind, OutboxHandler handler) {
        return kind.equals(Notifications.ANYTHING) || kind.equals(handler.kind());
    }
}
