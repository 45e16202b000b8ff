package dev.abendkasse.server.testing;

import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What a publisher comes to. A test's thread is its own and nobody's event loop, so it may wait; nothing else in this code
 * may. What never comes fails the test instead of holding up the build.
 */
public final class Awaited {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private Awaited() {}

    /** Null when it ends without a value. */
    public static <T> T of(Mono<T> mono) {
        return mono.block(PATIENCE);
    }

    /** The last of all, once they have all come; null when there are none. */
    public static <T> T last(Flux<T> flux) {
        return flux.blockLast(PATIENCE);
    }
}
