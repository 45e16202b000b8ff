package dev.abendkasse.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.SeatingPlanService.Imported;
import dev.abendkasse.server.catalog.domain.HallPlan;
import dev.abendkasse.server.catalog.plan.LargeHall;
import dev.abendkasse.server.catalog.store.CatalogStores;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.Report;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SeatingPlanServiceTests {

    private static final JsonNode LARGE_HALL = JsonMapper.shared().readTree(LargeHall.json());

    private final TestDatabase database = TestDatabase.fresh();
    private final SeatingPlanService plans =
            new SeatingPlanService(new CatalogStores(database).plans(), database.transaction());

    @Test
    void largeHallIsImportedWithinSeconds() {
        long start = System.nanoTime();
        var plan = Awaited.of(plans.importPlan(LARGE_HALL).map(Imported::plan));
        var taken = Duration.ofNanos(System.nanoTime() - start);

        Report.tell("20,000 seats imported in {} ms", taken.toMillis());
        assertThat(taken).isLessThan(Duration.ofSeconds(20));
        assertThat(plan.seatCount()).isEqualTo(LargeHall.SEATS);
        assertThat(plan.categories())
                .extracting(HallPlan.Category::seatCount)
                .containsExactly(5_000, 5_000, 5_000, 5_000);
    }

    @Test
    void seatsKeepTheirOrderAndTheirAisles() {
        Awaited.of(plans.importPlan(LARGE_HALL));

        assertThat(seats("place_no = 1 and seat_id = '1-1-1' and row_index = 0 and row_position = 0"))
                .isOne();
        assertThat(seats("place_no = 20000 and seat_id = '10-40-50' and row_index = 399"))
                .isOne();
        assertThat(seats("row_position = 25")).isZero();
        assertThat(seats("rank between 0 and 49 and section = 'Block 1' and row_label = '1'"))
                .isEqualTo(50);
    }

    @Test
    void importsSideBySideDoNotMix() {
        Awaited.of(
                Flux.range(0, 4).flatMap(_ -> plans.importPlan(LARGE_HALL), 4).then());

        assertThat(count("seating_plan")).isEqualTo(4);
        assertThat(count("(select from plan_seat group by seating_plan_id having count(*) = 20000) whole"))
                .isEqualTo(4);
    }

    @Test
    void faultyPlanLeavesNothingBehind() {
        var faulty = (ObjectNode) LARGE_HALL.deepCopy();
        ((ObjectNode) faulty.at("/zones/9/rows/39/seats/49")).put("seat_guid", "1-1-1");

        plans.importPlan(faulty).as(StepVerifier::create).verifyError(ProblemException.class);

        assertThat(count("seating_plan")).isZero();
    }

    @Test
    void faultOfTheDatabaseLeavesNothingBehind() {
        execute("alter table plan_seat add check (seat_id <> '10-40-50')");

        plans.importPlan(LARGE_HALL).as(StepVerifier::create).verifyError(DataIntegrityViolationException.class);

        assertThat(count("seating_plan")).isZero();
        assertThat(count("plan_category")).isZero();
        assertThat(count("plan_seat")).isZero();
    }

    private Long seats(String which) {
        return count("plan_seat where " + which);
    }

    private Long count(String rows) {
        return Awaited.of(database.client()
                .sql("select count(*) from " + rows)
                .mapValue(Long.class)
                .one());
    }

    private void execute(String sql) {
        Awaited.of(database.client().sql(sql).then());
    }
}
