package dev.abendkasse.server.live;

import dev.abendkasse.server.live.domain.LiveMessage;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * One stream's end of the feed: messages wait here, up to a number, until the client takes them. Beyond it they are thrown
 * away, the client is told to look for itself, and that is the end.
 */
final class LiveListener {

    private static final int TAKEN_AHEAD = 8;

    private final UUID topic;
    private final Queue<LiveMessage> waiting;
    private final Sinks.Many<LiveMessage> sink;
    private volatile @Nullable LiveMessage overflow;

    LiveListener(UUID topic, int most) {
        this.topic = topic;
        this.waiting = new ArrayBlockingQueue<>(most);
        this.sink = Sinks.many().unicast().onBackpressureBuffer(waiting);
    }

    UUID topic() {
        return topic;
    }

    /** @param position up to where all has been told with this message */
    synchronized void tell(LiveMessage message, long position) {
        if (overflow == null && sink.tryEmitNext(message).isFailure()) {
            overflow = new LiveMessage.Resync(position);
            waiting.clear();
            sink.tryEmitComplete();
        }
    }

    /** Whoever tells the messages does not wait until they are written. */
    Flux<LiveMessage> messages() {
        return sink.asFlux()
                .publishOn(Schedulers.parallel(), TAKEN_AHEAD)
                .concatWith(Mono.fromSupplier(() -> overflow));
    }
}
