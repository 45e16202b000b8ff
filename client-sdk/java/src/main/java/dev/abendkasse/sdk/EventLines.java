package dev.abendkasse.sdk;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The lines of one answer as they come; a bounded number is read ahead. */
final class EventLines implements Flow.Subscriber<String> {

    private static final int AHEAD = 64;

    /** No line that the client's reader makes can hold a line break. */
    private static final String END = "\n";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile Flow.@Nullable Subscription subscription;

    /** The next line; null when there are no more, or when none has come within that time. */
    @Nullable
    String next(Duration patience) throws InterruptedException {
        var line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (line == null || line.equals(END)) {
            return null;
        }
        var source = subscription;
        if (source != null) {
            source.request(1);
        }
        return line;
    }

    /** Hangs up; whoever waits for a line hears of the end. */
    void close() {
        var source = subscription;
        if (source != null) {
            source.cancel();
        }
        lines.add(END);
    }

    @Override
    public void onSubscribe(Flow.Subscription source) {
        subscription = source;
        source.request(AHEAD);
    }

    @Override
    public void onNext(String line) {
        lines.add(line);
    }

    @Override
    public void onError(Throwable failure) {
        lines.add(END);
    }

    @Override
    public void onComplete() {
        lines.add(END);
    }
}
