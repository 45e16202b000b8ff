package dev.abendkasse.server.boxoffice.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.Scale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of everything that buyers, clerks, provider, back office and time can do to a purchase. What must be true
 * after each step stands in {@code walk/invariants.sql} and {@code walk/history.sql}, what may become of what in
 * {@code walk/rules.sql}.
 */
class PurchaseWalkTests {

    /** Afterwards a theatre has been sold, cancelled and taken back so often that it is time for another. */
    private static final int STEPS_IN_A_WORLD = 250;

    private static final int STEPS = Scale.of(10_000);

    /** Chance leaves something out now and then: the walk goes on for so many times its length to see it. */
    private static final int PATIENCE = 5;

    private final Set<String> missing = new TreeSet<>(Walk.commands());
    private final Set<String> seen = new TreeSet<>();

    @Test
    void p3AndP5EveryStepKeepsEveryPromiseAndD21EveryWayOfTheTableIsWalkedAndH11EverythingEnds() {
        var seed = Long.getLong("abendkasse.walk.seed", firstSeed());
        // Also when the walk hangs or its process dies: nothing else would say how to repeat it.
        Report.tell("Random walk: repeat with -Dabendkasse.walk.seed={}", seed);

        for (int taken = 0;
                taken < STEPS || !missing.isEmpty() && taken < STEPS * PATIENCE;
                taken += STEPS_IN_A_WORLD) {
            walk(seed + taken / STEPS_IN_A_WORLD);
        }

        assertThat(missing)
                .as("changes of state that were never walked and commands that were never accepted, from seed %s", seed)
                .isEmpty();
    }

    /** The test command goes the same way each time, so that a change is to blame when it fails; the full walk goes anew. */
    private static long firstSeed() {
        return STEPS < 10_000 ? 1 : System.nanoTime() % 1_000_000;
    }

    private void walk(long seed) {
        var walk = new Walk(seed);
        walk.go(STEPS_IN_A_WORLD);
        seen.addAll(walk.seen());
        seen.addAll(walk.results().keySet());
        missing.addAll(walk.known());
        missing.removeAll(seen);
    }
}
