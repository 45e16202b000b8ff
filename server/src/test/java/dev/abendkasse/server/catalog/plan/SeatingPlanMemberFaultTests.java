package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.NEWER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.assertOnlyFault;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.faultsOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.newerWith;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Members that are missing or not what they must be. */
class SeatingPlanMemberFaultTests {

    private static final String SEAT = "/zones/0/rows/0/seats/1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/name",
                "/zones",
                "/categories",
                "/categories/1/name",
                "/zones/0/position",
                "/zones/0/position/x",
                "/zones/0/position/y",
                "/zones/0/rows",
                "/zones/0/rows/0/row_number",
                "/zones/0/rows/0/seats",
                "/zones/0/rows/0/position/x",
                "/zones/0/rows/0/seats/1/seat_guid",
                "/zones/0/rows/0/seats/1/seat_number",
                "/zones/0/rows/0/seats/1/position",
                "/zones/0/rows/0/seats/1/position/y",
                "/zones/0/rows/0/seats/1/category"
            })
    void requiredMemberMustBeThere(String pointer) {
        assertOnlyFault(newerWith(pointer, ""), "#" + pointer, "missing");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            /name,                           7
            /name,                           null
            /zones,                          {}
            /zones/0,                        []
            /zones/0,                        null
            /zones/0/name,                   1
            /zones/0/position,               [1]
            /zones/0/position/x,             "1"
            /zones/0/position/y,             null
            /zones/0/rows,                   null
            /zones/0/rows/0,                 "1"
            /zones/0/rows/0/row_number,      1
            /zones/0/rows/0/row_label,       1
            /zones/0/rows/0/seat_label,      true
            /zones/0/rows/0/position,        7
            /zones/0/rows/0/position/y,      {}
            /zones/0/rows/0/seats,           {}
            /zones/0/rows/0/seats/1,         null
            /zones/0/rows/0/seats/1/seat_guid, 12
            /zones/0/rows/0/seats/1/seat_number, 2
            /zones/0/rows/0/seats/1/position, null
            /zones/0/rows/0/seats/1/position/x, false
            /zones/0/rows/0/seats/1/category, null
            /categories,                     "A"
            /categories/0,                   "Kategorie A"
            /categories/0/name,              ["Kategorie A"]
            """)
    void memberThatDecidesMustHaveItsType(String pointer, String json) {
        assertOnlyFault(newerWith(pointer, json), "#" + pointer, "wrong-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "\"plan\"", "1"})
    void documentMustBeAnObject(String json) {
        assertOnlyFault(parsed(json), "#", "wrong-type");
    }

    @Test
    void documentMustBeThere() {
        assertOnlyFault(JsonNodeFactory.instance.missingNode(), "#", "missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {SEAT + "/seat_guid", SEAT + "/category", "/categories/1/name"})
    void nameThatOthersReferToMustNotBeEmpty(String pointer) {
        assertOnlyFault(newerWith(pointer, "\"\""), "#" + pointer, "empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/name", "/zones/0/name", "/zones/0/rows/1/row_number", "/zones/0/rows/1/row_label"})
    void textIsAtMostTwoHundredCharacters(String pointer) {
        assertOnlyFault(newerWith(pointer, "\"" + "x".repeat(201) + "\""), "#" + pointer, "too-long");
        assertThat(planOf(newerWith(pointer, "\"" + "x".repeat(200) + "\""))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {SEAT + "/seat_guid", SEAT + "/seat_number", SEAT + "/category", "/categories/1/name"})
    void textOfASeatOrCategoryIsAtMostTwoHundredCharacters(String pointer) {
        assertOnlyFault(newerWith(pointer, "\"" + "x".repeat(201) + "\""), "#" + pointer, "too-long");
    }

    @Test
    void labelAndNumberTogetherAreAtMostTwoHundredCharacters() {
        var label = "\"" + "%s".repeat(100) + "\"";
        var document = newerWith("/zones/0/rows/0/seat_label", label);
        set(document, SEAT + "/seat_number", "\"999\"");
        set(document, "/zones/0/rows/1/row_label", label);
        set(document, "/zones/0/rows/1/row_number", "\"999\"");

        assertThat(faultsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(
                        tuple("#" + SEAT + "/seat_number", "too-long"),
                        tuple("#/zones/0/rows/1/row_label", "too-long"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "a\\udc00b"})
    void textThatCannotBeStoredIsRefused(String text) {
        assertOnlyFault(newerWith(SEAT + "/seat_guid", "\"" + text + "\""), "#" + SEAT + "/seat_guid", "unusable-text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000000.1", "-10000001", "1e300", "-1e999", "123456789012345678901234567890"})
    void numberMustBeSensible(String number) {
        assertOnlyFault(newerWith(SEAT + "/position/x", number), "#" + SEAT + "/position/x", "out-of-range");
        assertOnlyFault(newerWith("/zones/0/position/y", number), "#/zones/0/position/y", "out-of-range");
    }

    @Test
    void numberMustBeFinite() {
        var numbers = JsonNodeFactory.instance;
        for (var number : new JsonNode[] {
            numbers.numberNode(Double.NaN),
            numbers.numberNode(Double.POSITIVE_INFINITY),
            numbers.numberNode(Float.NaN),
            numbers.numberNode(new BigDecimal("1e99999"))
        }) {
            var document = parsed(NEWER);
            ((ObjectNode) document.at(SEAT + "/position")).set("y", number);

            assertOnlyFault(document, "#" + SEAT + "/position/y", "out-of-range");
        }
    }
}
