package dev.abendkasse.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.PerformanceDraft.GeneralAdmission;
import dev.abendkasse.server.catalog.PerformanceDraft.PriceOffer;
import dev.abendkasse.server.shared.problem.ProblemException;
import dev.abendkasse.server.shared.problem.ProblemType;
import dev.abendkasse.server.testing.Awaited;
import dev.abendkasse.server.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ProgrammeServiceTests {

    private static final Instant START =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(7));
    private static final int RACES = 20;

    private final TestDatabase database = TestDatabase.fresh();
    private final ProgrammeService programme = ProgrammeFixture.on(database);
    private final UUID event = Awaited.of(programme.addEvent("Faust", ""));

    @Test
    void placesOfGeneralAdmissionAreNumberedThroughAndRankedInOrder() {
        var performance = open(standing("a", 3), standing("b", 2));

        assertThat(places(performance)).containsExactly("1 a 0", "2 a 1", "3 a 2", "4 b 3", "5 b 4");
    }

    @Test
    void performanceThatCannotBeFilledIsNotThere() {
        execute("alter table place add check (category <> 'b')");

        programme
                .addPerformance(event, draft(standing("a", 3), standing("b", 2)))
                .as(StepVerifier::create)
                .verifyError();

        assertThat(count("performance")).isZero();
        assertThat(count("place")).isZero();
    }

    @Test
    void ofTwoChangesAtOneVersionExactlyOneIsMade() {
        var performance = open(standing("a", 1));

        var outcomes = Awaited.of(Flux.range(0, 8)
                .flatMap(i -> changed(programme.changePerformance(performance, 1, draft(standing("a", 2 + i)))), 8)
                .collectList());

        assertThat(outcomes).containsOnlyOnce(true);
        assertThat(count("performance where version = 2")).isOne();
    }

    @Test
    void changeOfPlacesAndAHoldNeverBothHappen() {
        for (int race = 0; race < RACES; race++) {
            var performance = open(standing("a", 20));

            var both = Awaited.of(Mono.zip(
                    changed(programme.changePerformance(performance, 1, draft(standing("a", 10)))),
                    hold(performance, 1 + race).map(rows -> rows == 1)));

            assertThat(both.getT1()).isNotEqualTo(both.getT2());
            assertThat(count("place where performance_id = '" + performance + "'"))
                    .isEqualTo(both.getT1() ? 10 : 20);
        }
    }

    private static Mono<Boolean> changed(Mono<UUID> change) {
        return change.map(_ -> true).onErrorResume(ProblemException.class, problem -> {
            assertThat(problem.type()).isIn(ProblemType.VERSION_CONFLICT, ProblemType.PERFORMANCE_IN_USE);
            return Mono.just(false);
        });
    }

    /** Takes the place as it was laid out first. */
    private Mono<Long> hold(UUID performance, int placeNo) {
        return database.client()
                .sql("""
                        with free as (
                            select place_no, rank from place
                             where performance_id = :performance and place_no = :placeNo
                               and (select count(*) from place where performance_id = :performance) = 20
                               for update
                        )
                        update place set holder = gen_random_uuid(), held_until = 'infinity', fence = fence + 1
                          from free
                         where place.performance_id = :performance and place.place_no = free.place_no
                        """)
                .bind("performance", performance)
                .bind("placeNo", placeNo)
                .fetch()
                .rowsUpdated();
    }

    private UUID open(GeneralAdmission... places) {
        return Awaited.of(programme.addPerformance(event, draft(places)));
    }

    private static PerformanceDraft draft(GeneralAdmission... places) {
        return new PerformanceDraft(
                null,
                "Foyer",
                START,
                "Europe/Berlin",
                START.minus(Duration.ofDays(8)),
                START,
                List.of(),
                List.of(places));
    }

    private static GeneralAdmission standing(String category, int capacity) {
        return new GeneralAdmission(
                category, "Stehplatz", null, capacity, List.of(new PriceOffer("full", "Normalpreis", 900)));
    }

    private List<String> places(UUID performance) {
        return Awaited.of(database.client()
                .sql("""
                        select concat_ws(' ', place_no, category, rank) from place
                         where performance_id = :performance order by place_no
                        """)
                .bind("performance", performance)
                .mapValue(String.class)
                .all()
                .collectList());
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
