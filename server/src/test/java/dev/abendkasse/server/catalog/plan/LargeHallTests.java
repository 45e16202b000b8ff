package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.warningsOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeHallTests {

    @Test
    void largeHallIsReadInAMoment() {
        var document = parsed(LargeHall.json());

        long start = System.nanoTime();
        var plan = planOf(document);
        var taken = Duration.ofNanos(System.nanoTime() - start);

        assertThat(plan.seats()).hasSize(LargeHall.SEATS);
        assertThat(taken).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void largeHallHasNoWarningAndAnAisleInEachRow() {
        var document = parsed(LargeHall.json());

        assertThat(warningsOf(document)).isEmpty();
        assertThat(planOf(document).seats())
                .extracting(PlanSeat::place)
                .contains(24, 26)
                .doesNotContain(25);
    }
}
