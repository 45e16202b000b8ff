package dev.abendkasse.server.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The messages of one kind that this replica has on their way. Each that has ended makes room for another: one that takes
 * long holds up none.
 */
final class OutboxLanes {

    private static final Duration BUSY = Duration.ofSeconds(1);

    private final int all;
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicBoolean more = new AtomicBoolean();
    private final Sinks.Many<Boolean> freed = Sinks.many().multicast().directBestEffort();
    private final Sinks.Many<Duration> timer = Sinks.many().multicast().directBestEffort();

    OutboxLanes(int all) {
        this.all = all;
    }

    /** Fires when there may be something to do: a lane is free that was missed, or the next message is due. */
    Flux<Object> news() {
        return Flux.merge(freed.asFlux(), timer.asFlux().switchMap(Mono::delay));
    }

    /** How many are free. Whoever is told none hears {@link #news} when one is. */
    int free() {
        more.set(true);
        return all - busy.get();
    }

    /** @param claimed how many messages were found for so many free lanes; fewer when no more are due */
    void take(int claimed, int free) {
        busy.addAndGet(claimed);
        more.set(claimed == free);
    }

    void leave() {
        busy.decrementAndGet();
        if (more.getAndSet(false)) {
            freed.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BUSY));
        }
    }

    void nextDueIn(Duration delay) {
        timer.tryEmitNext(delay);
    }
}
