package dev.abendkasse.server.migration.formershop;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;

/** Mixes the kinds. Rows that have to do with each other stand side by side or far apart, in other batches of whoever reads them. */
final class Rows implements Iterator<FormerRow> {

    private final int size;
    private final List<Kind> kinds;
    private final int shares;
    private final Random random;
    private final Maker maker;
    private final PriorityQueue<Waiting> waiting =
            new PriorityQueue<>(Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::sequence));
    private int given;
    private long sequence;

    Rows(int size, long seed, Style style) {
        this.size = size;
        this.kinds = Kind.of(style.form());
        this.shares = kinds.stream().mapToInt(Kind::share).sum();
        this.random = new Random(seed);
        this.maker = new Maker(random, style);
    }

    private record Waiting(long due, long sequence, Kind kind, Draft draft) {}

    @Override
    public boolean hasNext() {
        return given < size;
    }

    @Override
    public FormerRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (!somebodyIsDue()) {
            makeGroup();
        }
        var next = Objects.requireNonNull(waiting.poll());
        given++;
        return next.draft().as(given, next.kind());
    }

    private boolean somebodyIsDue() {
        var next = waiting.peek();
        return next != null && (next.due() <= given || spaceLeft() == 0);
    }

    private int spaceLeft() {
        return size - given - waiting.size();
    }

    private void makeGroup() {
        var kind = anyKind();
        var drafts = kind.rows(maker);
        if (drafts.size() > spaceLeft()) {
            kind = Kind.ORDINARY;
            drafts = kind.rows(maker);
        }
        long due = given;
        for (var draft : drafts) {
            waiting.add(new Waiting(due, sequence++, kind, draft));
            due += distance();
        }
    }

    private int distance() {
        return switch (random.nextInt(4)) {
            case 0 -> 1;
            case 1 -> 1 + random.nextInt(50);
            case 2 -> 1 + random.nextInt(12_000);
            default -> 1 + random.nextInt(Math.max(1, size / 2));
        };
    }

    private Kind anyKind() {
        var drawn = random.nextInt(shares);
        for (var kind : kinds) {
            drawn -= kind.share();
            if (drawn < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("shares do not add up");
    }
}
