package dev.abendkasse.server.outbox;

import dev.abendkasse.server.database.Commits;
import dev.abendkasse.server.outbox.store.OutboxStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Claims messages of a kind, has them sent, and notes what became of each. */
@Component
class OutboxDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxDelivery.class);

    private final OutboxStore store;
    private final OutboxProperties properties;
    private final Commits commits;
    private final MeterRegistry meters;

    OutboxDelivery(OutboxStore store, OutboxProperties properties, Commits commits, MeterRegistry meters) {
        this.store = store;
        this.properties = properties;
        this.commits = commits;
        this.meters = meters;
    }

    /** Claims what is due, as much as there are free lanes for; all of it must be sent. Never fails. */
    Flux<OutboxMessage> claimDue(OutboxHandler handler, OutboxLanes lanes) {
        return Mono.fromSupplier(lanes::free)
                .filter(free -> free > 0)
                .flatMapMany(free -> claim(handler, lanes, free))
                .onErrorResume(error -> logged("The outbox cannot be read", error));
    }

    private Flux<OutboxMessage> claim(OutboxHandler handler, OutboxLanes lanes, int free) {
        return store.claim(handler.kind(), free, properties.retry())
                .collectList()
                .doOnNext(claimed -> lanes.take(claimed.size(), free))
                .flatMapMany(claimed -> claimed.size() == free
                        ? Flux.fromIterable(claimed)
                        : Flux.fromIterable(claimed).concatWith(setTimer(handler, lanes)));
    }

    private Mono<OutboxMessage> setTimer(OutboxHandler handler, OutboxLanes lanes) {
        return store.untilNextDue(handler.kind()).doOnNext(lanes::nextDueIn).then(Mono.empty());
    }

    /** No connection is held while a message is on its way. Never fails. */
    Mono<Void> send(OutboxHandler handler, OutboxMessage message, OutboxLanes lanes) {
        return handle(handler, message, lanes).doFinally(_ -> lanes.leave());
    }

    private Mono<Void> handle(OutboxHandler handler, OutboxMessage message, OutboxLanes lanes) {
        return commits.announce(handled(handler, message).then(Mono.defer(() -> store.done(message))))
                .doOnSuccess(_ -> count(message, "sent"))
                .onErrorResume(error -> notSent(handler, message, lanes, error))
                .onErrorResume(
                        error -> logged("A failed try cannot be noted", error).then());
    }

    private Mono<Void> notSent(OutboxHandler handler, OutboxMessage message, OutboxLanes lanes, Throwable error) {
        return error instanceof TryLater later && !later.wasTried()
                ? store.postpone(message, later.waiting())
                        .then(setTimer(handler, lanes))
                        .then()
                : failed(message, error);
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
        var wait = error instanceof TryLater later ? later.waiting() : Duration.ZERO;
        return store.failed(message, text, dead, wait);
    }

    private void count(OutboxMessage message, String outcome) {
        meters.counter("abendkasse.outbox.tries", "kind", message.kind(), "outcome", outcome)
                .increment();
    }

    private static <T> Mono<T> logged(String what, Throwable error) {
        LOG.error(what, error);
        return Mono.empty();
    }
}
