package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.store.OutboxStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Claims messages of a kind, has them sent, and notes what became of each. */
@Component
class OutboxDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);

    private final OutboxStore store;
    private final OutboxProperties properties;
    private final Commits commits;
    private final MeterRegistry meters;
    private final Map<String, Sinks.Many<Duration>> timers = new ConcurrentHashMap<>();

    OutboxDelivery(OutboxStore store, OutboxProperties properties, Commits commits, MeterRegistry meters) {
        this.store = store;
        this.properties = properties;
        this.commits = commits;
        this.meters = meters;
    }

    /** Fires when a message of this kind that is not due yet comes due. */
    Flux<Long> nextDue(OutboxHandler handler) {
        return timer(handler).asFlux().switchMap(Mono::delay);
    }

    /** Sends until nothing is due. No connection is held while a message is on its way. Never fails. */
    Mono<Void> sendDue(OutboxHandler handler) {
        return sendSome(handler)
                .repeat()
                .takeUntil(sent -> sent < handler.atOnce())
                .then(Mono.defer(() -> store.untilNextDue(handler.kind())))
                .doOnNext(delay -> timer(handler).tryEmitNext(delay))
                .onErrorResume(error -> logged("The outbox cannot be read", error))
                .then();
    }

    private Mono<Integer> sendSome(OutboxHandler handler) {
        return store.claim(handler.kind(), handler.atOnce(), properties.retry())
                .collectList()
                .flatMap(claimed -> Flux.fromIterable(claimed)
                        .flatMap(message -> send(handler, message), handler.atOnce())
                        .then(Mono.just(claimed.size())));
    }

    private Mono<Void> send(OutboxHandler handler, OutboxMessage message) {
        return commits.announce(handled(handler, message).then(Mono.defer(() -> store.done(message))))
                .doOnSuccess(_ -> count(message, "sent"))
                .onErrorResume(error -> failed(message, error))
                .onErrorResume(
                        error -> logged("A failed try cannot be noted", error).then());
    }

    /**
     * One that hangs is left alone after a while, so that its kind goes on; what it does later cannot end the message any more.
     * It is never cancelled, because it may be inside a transaction.
     */
    private Mono<Void> handled(OutboxHandler handler, OutboxMessage message) {
        return Mono.defer(() -> Mono.fromFuture(handler.handle(message).toFuture(), true))
                .timeout(properties.retry());
    }

    private Mono<Void> failed(OutboxMessage message, Throwable error) {
        var text = FailureText.of(error);
        var dead = error instanceof Undeliverable || message.tries() >= properties.maxTries();
        LOG.warn(
                "{} {} did not leave at try {}{}: {}",
                message.kind(),
                message.id(),
                message.tries(),
                dead ? ", people must look at it" : "",
                text);
        count(message, dead ? "dead" : "failed");
        return store.failed(message, text, dead);
    }

    private void count(OutboxMessage message, String outcome) {
        meters.counter("abendkasse.outbox.tries", "kind", message.kind(), "outcome", outcome)
                .increment();
    }

    private Sinks.Many<Duration> timer(OutboxHandler handler) {
        return timers.computeIfAbsent(
                handler.kind(), _ -> Sinks.many().multicast().directBestEffort());
    }

    private static Mono<Duration> logged(String what, Throwable error) {
        LOG.error(what, error);
        return Mono.empty();
    }
}
