package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.NEWER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.OLDER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Accepted;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Rejected;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Puts all sorts of values everywhere: the reader always answers, and what it accepts can be sold. */
class SeatingPlanAnyInputTests {

    private static final List<String> VALUES = List.of(
            "",
            "null",
            "true",
            "0",
            "-1e400",
            "1e-999999999",
            "12345678901234567890123",
            "\"\"",
            "\" \"",
            "\"1-1\"",
            "\"\\u0000\"",
            "\"\\udfff\"",
            "\"%s%s\"",
            "[]",
            "[null]",
            "[[{}]]",
            "{}",
            "{\"\": {}, \"~/\\ud83d\": 1}",
            "{\"x\": 1, \"y\": 2, \"text\": \"\", \"name\": \"n\"}");

    @ParameterizedTest
    @ValueSource(strings = {OLDER, NEWER})
    void everyChangeOfOneValueIsAnswered(String plan) {
        for (var pointer : pointersIn(parsed(plan), "")) {
            for (var value : VALUES) {
                var document = parsed(plan);
                set(document, pointer, value);
                assertSound(SeatingPlanReader.read(document));
            }
        }
    }

    private static void assertSound(SeatingPlanReading reading) {
        switch (reading) {
            case Rejected(var faults) -> assertWritable(faults, 100);
            case Accepted(var plan, var warnings) -> {
                assertWritable(warnings, 101);
                assertSellable(plan);
            }
        }
    }

    private static void assertSellable(SeatingPlan plan) {
        var seats = plan.seats();
        assertThat(seats).isNotEmpty().extracting(PlanSeat::seatId).doesNotHaveDuplicates();
        assertThat(plan.categories())
                .extracting(PlanCategory::name)
                .doesNotHaveDuplicates()
                .containsAll(seats.stream().map(PlanSeat::category).toList());
        assertThat(seats)
                .extracting(PlanSeat::rank)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, seats.size()).boxed().toList());
        assertThat(seats).allMatch(seat -> Double.isFinite(seat.x()) && Double.isFinite(seat.y()));
    }

    private static void assertWritable(List<Finding> findings, int most) {
        assertThat(findings).hasSizeLessThanOrEqualTo(most).allSatisfy(finding -> {
            assertThat(finding.pointer()).matches("#[!-~]*").hasSizeLessThanOrEqualTo(500);
            assertThat(finding.message()).hasSizeLessThanOrEqualTo(500);
            assertThat(Text.isUsable(finding.message())).isTrue();
        });
    }

    private static List<String> pointersIn(JsonNode node, String pointer) {
        var pointers = new ArrayList<String>();
        node.properties().forEach(member -> addPointers(pointers, member.getValue(), pointer + "/" + member.getKey()));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            addPointers(pointers, node.get(i), pointer + "/" + i);
        }
        return pointers;
    }

    private static void addPointers(List<String> pointers, JsonNode node, String pointer) {
        pointers.add(pointer);
        pointers.addAll(pointersIn(node, pointer));
    }
}
