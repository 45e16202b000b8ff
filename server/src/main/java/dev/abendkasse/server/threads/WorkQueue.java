package dev.abendkasse.server.threads;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.reactor.bulkhead.operator.BulkheadOperator;
import java.time.Duration;
import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A few threads of their own for work that blocks or calculates, and a queue with an end: who comes when it is full is
 * refused at the door.
 */
public final class WorkQueue {

    private static final int IDLE_SECONDS = 60;

    private final Scheduler threads;
    private final Bulkhead places;

    /**
     * @param threads how much is done at once
     * @param waiting how much more may wait
     */
    public WorkQueue(String name, int threads, int waiting) {
        var places = threads + waiting;
        this.threads = Schedulers.newBoundedElastic(threads, places, name, IDLE_SECONDS, true);
        this.places = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(places)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
    }

    /** Does the work as soon as a thread is free. */
    public <T> Mono<T> run(Callable<T> work) {
        return admit(onThread(work));
    }

    /** Takes a place in the queue for as long as this takes, so that whoever is refused has cost nothing. */
    public <T> Mono<T> admit(Mono<T> work) {
        return work.transformDeferred(BulkheadOperator.of(places));
    }

    /** The work itself, for whoever has a place already. */
    public <T> Mono<T> onThread(Callable<T> work) {
        return Mono.fromCallable(work).subscribeOn(threads);
    }

    public void close() {
        threads.dispose();
    }
}
