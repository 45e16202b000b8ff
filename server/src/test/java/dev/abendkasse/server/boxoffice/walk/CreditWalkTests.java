package dev.abendkasse.server.boxoffice.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.credit.domain.CreditEntry.Cause;
import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.Scale;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The walk of {@link PurchaseWalkTests} where everybody buys so that it counts: on account, reserved, by links, with limits that go up
 * and down and cases that are decided. After each step what a customer owes is the sum of its entries and of what is open, and
 * nothing has passed a limit but what people have let pass ({@code walk/invariants.sql} 5a to 5c, {@code walk/history.sql} P6).
 */
class CreditWalkTests {

    private static final int STEPS_IN_A_WORLD = 200;
    private static final int STEPS = Scale.of(2_000);

    /** Chance leaves something out now and then: the full walk goes on for so many times its length to see it. */
    private static final int PATIENCE = 5;

    /** What changes what is owed comes more often than the rest. */
    private static final List<Step> WAYS = Stream.of(
                    Walk.STEPS,
                    HijackSteps.ALL,
                    DeskSteps.ALL,
                    CreditSteps.ALL,
                    CreditSteps.ALL,
                    List.of(new Step(2, OfficeSteps::block)))
            .flatMap(List::stream)
            .toList();

    /** All but two that chance hardly ever leads to: both want a link to be open when something else ends it. */
    private final Set<Cause> missing = EnumSet.complementOf(EnumSet.of(Cause.HANDED_BACK, Cause.BLOCKED));

    @Test
    void p6AndC5EveryStepLeavesExposureTheSumOfItsEntriesAndOfWhatIsOpenAndWithinTheLimitOrLetPass() {
        var seed = Long.getLong("abendkasse.walk.seed", firstSeed());
        // Also when the walk hangs or its process dies: nothing else would say how to repeat it.
        Report.tell("Random walk of credit: repeat with -Dabendkasse.walk.seed={}", seed);

        for (int taken = 0; goesOn(taken); taken += STEPS_IN_A_WORLD) {
            walk(seed + taken / STEPS_IN_A_WORLD);
        }

        if (isFull()) {
            assertThat(missing)
                    .as("causes that were never entered, from seed %s", seed)
                    .isEmpty();
        } else {
            assertThat(missing).doesNotContain(Cause.INVOICE, Cause.RESERVATION);
        }
    }

    private boolean goesOn(int taken) {
        return taken < STEPS || isFull() && !missing.isEmpty() && taken < STEPS * PATIENCE;
    }

    private static boolean isFull() {
        return STEPS >= 2_000;
    }

    /** The test command goes the same way each time; the full walk goes anew. */
    private static long firstSeed() {
        return isFull() ? System.nanoTime() % 1_000_000 : 1;
    }

    private void walk(long seed) {
        var world = World.onAccount(seed);
        new Walk(seed, WAYS, world).go(STEPS_IN_A_WORLD);
        world.findings("select distinct cause, '' from credit_entry")
                .forEach(cause -> missing.remove(Cause.valueOf(cause.substring(0, cause.indexOf(':')))));
    }
}
