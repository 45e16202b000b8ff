package dev.abendkasse.server.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Times answers, from the last byte of the request to the first byte of the answer, eight requests at a time. */
final class Stopwatch {

    private static final int AT_ONCE = 8;
    private static final double NANOS = 1000;

    private final URI server;
    private final boolean freshConnections;
    private final Predicate<RawAnswer> expected;

    private Stopwatch(URI server, boolean freshConnections, Predicate<RawAnswer> expected) {
        this.server = server;
        this.freshConnections = freshConnections;
        this.expected = expected;
    }

    static Stopwatch onKeptConnections(URI server) {
        return new Stopwatch(server, false, RawAnswer::isRedirect);
    }

    /** Each request has a connection of its own. */
    static Stopwatch onFreshConnections(URI server) {
        return new Stopwatch(server, true, RawAnswer::isRedirect);
    }

    /** Of other answers than redirects. */
    Stopwatch of(Predicate<RawAnswer> answers) {
        return new Stopwatch(server, freshConnections, answers);
    }

    /** In an order that is random and therefore says nothing about an answer. */
    Timings time(List<Probe> probes, Random random) throws InterruptedException, ExecutionException {
        var order = new ArrayList<>(probes);
        Collections.shuffle(order, random);
        var nanos = new long[order.size()];
        var next = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var workers = Collections.nCopies(AT_ONCE, (Callable<Void>) () -> work(order, next, nanos));
            for (var worker : threads.invokeAll(workers)) {
                worker.get();
            }
        }
        return new Timings(ofGroup(0, order, nanos), ofGroup(1, order, nanos));
    }

    private @Nullable Void work(List<Probe> order, AtomicInteger next, long[] nanos) {
        var kept = freshConnections ? null : new Wire(server);
        try {
            for (int i = next.getAndIncrement(); i < order.size(); i = next.getAndIncrement()) {
                nanos[i] = kept == null ? onFreshOne(order.get(i)) : time(kept, order.get(i));
            }
        } finally {
            if (kept != null) {
                kept.close();
            }
        }
        return null;
    }

    private long onFreshOne(Probe probe) {
        try (var wire = new Wire(server)) {
            return time(wire, probe);
        }
    }

    private long time(Wire wire, Probe probe) {
        var timed = wire.time(probe.request());
        assertThat(expected.test(timed.answer())).as(timed.answer().toString()).isTrue();
        return timed.nanos();
    }

    private static double[] ofGroup(int group, List<Probe> order, long[] nanos) {
        var micros = new ArrayList<Double>();
        for (int i = 0; i < nanos.length; i++) {
            if (order.get(i).group() == group) {
                micros.add(nanos[i] / NANOS);
            }
        }
        return micros.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
