package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.warningsOf;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoHallTests {

    private static final String GROSSES_HAUS = "/demo/grosses-haus.json";
    private static final String STUDIO = "/demo/studio.json";

    @ParameterizedTest
    @ValueSource(strings = {GROSSES_HAUS, STUDIO})
    void hallIsReadWithoutFaultOrWarning(String resource) {
        assertThat(warningsOf(document(resource))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {GROSSES_HAUS, STUDIO})
    void everySeatLiesWithinTheDrawing(String resource) {
        var plan = planOf(document(resource));
        double width = Objects.requireNonNull(plan.width());
        double height = Objects.requireNonNull(plan.height());

        assertThat(plan.seats())
                .allSatisfy(seat -> {
                    assertThat(seat.x()).isBetween(10.0, width - 10);
                    assertThat(seat.y()).isBetween(10.0, height - 10);
                })
                .extracting(PlanSeat::seatId)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {GROSSES_HAUS, STUDIO})
    void noTwoSeatsOverlap(String resource) {
        var seats = planOf(document(resource)).seats();

        for (var seat : seats) {
            assertThat(seats).filteredOn(other -> overlap(seat, other)).containsExactly(seat);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {GROSSES_HAUS, STUDIO})
    void seatIdNamesRowAndNumber(String resource) {
        assertThat(planOf(document(resource)).seats())
                .allMatch(seat -> seat.seatId().endsWith("-" + seat.row().replace("Loge ", "") + "-" + seat.number()));
    }

    @Test
    void grossesHausHasStallsBoxesAndTwoBalconies() {
        assertThat(countBy(GROSSES_HAUS, PlanSeat::section))
                .isEqualTo(Map.of(
                        "Parkett", 349L, "1. Rang", 138L, "Loge links", 24L, "Loge rechts", 24L, "2. Rang", 113L));
        assertThat(countBy(GROSSES_HAUS, PlanSeat::category))
                .containsOnlyKeys("Kategorie A", "Kategorie B", "Kategorie C", "Kategorie D");
    }

    @Test
    void studioHasTwoCategoriesOfSixtySeats() {
        assertThat(countBy(STUDIO, PlanSeat::category)).isEqualTo(Map.of("Kategorie A", 60L, "Kategorie B", 60L));
    }

    @Test
    void stallsHaveTwoAislesInEachRow() {
        var gaps = planOf(document(GROSSES_HAUS)).seats().stream()
                .filter(seat -> seat.section().equals("Parkett"))
                .collect(groupingBy(PlanSeat::rowIndex))
                .values();

        assertThat(gaps).hasSize(15).allMatch(row -> row.getLast().place() == row.size() - 1 + 2);
    }

    @Test
    void boxesHaveNoAisle() {
        assertThat(planOf(document(GROSSES_HAUS)).seats())
                .filteredOn(seat -> seat.section().startsWith("Loge"))
                .allMatch(seat -> seat.place() == Integer.parseInt(seat.number()) - 1);
    }

    private static boolean overlap(PlanSeat one, PlanSeat other) {
        return Math.hypot(one.x() - other.x(), one.y() - other.y()) < 20;
    }

    private static Map<String, Long> countBy(String resource, Function<PlanSeat, String> property) {
        return planOf(document(resource)).seats().stream().collect(groupingBy(property, counting()));
    }

    private static JsonNode document(String resource) {
        try (var stream = Objects.requireNonNull(DemoHallTests.class.getResourceAsStream(resource))) {
            return JsonMapper.shared().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
