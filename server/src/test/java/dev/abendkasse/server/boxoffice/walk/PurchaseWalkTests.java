package dev.abendkasse.server.boxoffice.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.testing.Scale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private final Map<String, Integer> results = new TreeMap<>();
    private final Set<String> unseen = new TreeSet<>();
    private final Set<String> seen = new TreeSet<>();

    @Test
    void p3AndP5EveryStepKeepsEveryPromiseAndD21EveryWayOfTheTableIsWalkedAndH11EverythingEnds() {
        var seed = Long.getLong("abendkasse.walk.seed", System.nanoTime() % 1_000_000);
        System.out.println("Random walk: repeat with -Dabendkasse.walk.seed=" + seed);

        for (int taken = 0; taken < STEPS || !unseen.isEmpty() && taken < STEPS * PATIENCE; taken += STEPS_IN_A_WORLD) {
            walk(seed + taken / STEPS_IN_A_WORLD);
            System.out.println("TAKEN " + taken + " " + unseen);
        }

        assertThat(unseen).as("never walked, beginning with seed %s", seed).isEmpty();
        assertThat(results.keySet())
                .as("commands that were never accepted, beginning with seed %s", seed)
                .containsAll(Walk.commands());
    }

    private void walk(long seed) {
        var walk = new Walk(seed);
        walk.go(STEPS_IN_A_WORLD);
        seen.addAll(walk.seen());
        unseen.addAll(walk.known());
        unseen.removeAll(seen);
        walk.results().forEach((result, count) -> results.merge(result, count, Integer::sum));
    }
}
