package dev.abendkasse.server.database;

import java.time.Duration;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Says, within this process, that something was committed, so that what follows from it need not be polled for. A hint only:
 * whoever hears it looks for itself, and also looks now and then without it.
 */
@Component
public class Commits {

    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Sinks.Many<Boolean> sink = Sinks.many().multicast().directBestEffort();

    /** Never inside a transaction: what it would announce cannot be seen yet. */
    public void happened() {
        sink.emitNext(true, Sinks.EmitFailureHandler.busyLooping(BUSY));
    }

    /** The work, and the word that it was done. */
    public <T> Mono<T> announce(Mono<T> work) {
        return work.doOnSuccess(_ -> happened());
    }

    /** Runs the work now and after commits, one at a time and not more often than every so long. */
    public Flux<Void> follow(Mono<Void> work, Duration atMostEvery) {
        return sink.asFlux()
                .startWith(true)
                .onBackpressureLatest()
                .concatMap(_ -> work.then(Mono.delay(atMostEvery)).then(), 1);
    }
}
