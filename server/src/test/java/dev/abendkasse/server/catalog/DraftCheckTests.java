package dev.abendkasse.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.PerformanceDraft.GeneralAdmission;
import dev.abendkasse.server.catalog.PerformanceDraft.PriceOffer;
import dev.abendkasse.server.catalog.PerformanceDraft.SeatedCategory;
import dev.abendkasse.server.shared.problem.ProblemException.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DraftCheckTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Instant START = NOW.plus(Duration.ofDays(7));
    private static final List<PriceOffer> FULL = List.of(new PriceOffer("full", "Normalpreis", 1000));
    private static final UUID PLAN = UUID.randomUUID();

    @Test
    void completeDraftHasNoFault() {
        var draft = draft(PLAN, START, NOW, START, List.of(seats("a"), seats("b")), List.of(standing("c", 100_000)));

        assertThat(DraftCheck.faults(draft, Set.of("a", "b"), NOW)).isEmpty();
    }

    @Test
    void startAtThisVeryInstantIsNotPast() {
        assertThat(pointers(timed(NOW, NOW.minusSeconds(1), NOW))).isEmpty();
        assertThat(pointers(timed(NOW.minusNanos(1000), NOW.minusSeconds(1), NOW)))
                .containsExactly("#/startsAt");
    }

    @Test
    void salesEndLiesAfterTheirStartAndAtMostADayAfterThePerformanceBegins() {
        assertThat(pointers(timed(START, NOW, NOW))).containsExactly("#/salesEnd");
        assertThat(pointers(timed(START, NOW, START.plus(Duration.ofDays(1))))).isEmpty();
        assertThat(pointers(timed(START, NOW, START.plus(Duration.ofDays(1)).plusSeconds(1))))
                .containsExactly("#/salesEnd");
    }

    @Test
    void seatedCategoriesNeedAPlan() {
        var draft = draft(null, START, NOW, START, List.of(seats("a")), List.of(standing("c", 1)));

        assertThat(pointers(draft)).containsExactly("#/seatedCategories");
    }

    @Test
    void everyCategoryOfThePlanNeedsPrices() {
        var draft = draft(PLAN, START, NOW, START, List.of(seats("a")), List.of());

        assertThat(DraftCheck.faults(draft, Set.of("a", "b"), NOW))
                .extracting(Fault::detail)
                .containsExactly("The plan's category \"b\" has no prices.");
    }

    @Test
    void keysAreUniqueOverSeatsAndGeneralAdmission() {
        var draft = draft(
                PLAN,
                START,
                NOW,
                START,
                List.of(seats("a")),
                List.of(standing("a", 1), standing("c", 1), standing("c", 1)));

        assertThat(DraftCheck.faults(draft, Set.of("a"), NOW))
                .extracting(Fault::pointer)
                .containsExactly("#/generalAdmission/0/category", "#/generalAdmission/2/category");
    }

    @Test
    void generalAdmissionHasABoundInAll() {
        var draft = draft(null, START, NOW, START, List.of(), List.of(standing("c", 60_000), standing("d", 40_001)));

        assertThat(pointers(draft)).containsExactly("#/generalAdmission");
    }

    private static List<String> pointers(PerformanceDraft draft) {
        return DraftCheck.faults(draft, Set.of(), NOW).stream()
                .map(Fault::pointer)
                .toList();
    }

    private static PerformanceDraft timed(Instant startsAt, Instant salesStart, Instant salesEnd) {
        return draft(null, startsAt, salesStart, salesEnd, List.of(), List.of(standing("c", 1)));
    }

    private static PerformanceDraft draft(
            @Nullable UUID plan,
            Instant startsAt,
            Instant salesStart,
            Instant salesEnd,
            List<SeatedCategory> seated,
            List<GeneralAdmission> standing) {
        return new PerformanceDraft(plan, "Kammer", startsAt, "Europe/Berlin", salesStart, salesEnd, seated, standing);
    }

    private static SeatedCategory seats(String category) {
        return new SeatedCategory(category, FULL);
    }

    private static GeneralAdmission standing(String category, int capacity) {
        return new GeneralAdmission(category, "Stehplatz", null, capacity, FULL);
    }
}
