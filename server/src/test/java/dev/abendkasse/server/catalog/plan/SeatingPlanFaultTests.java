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

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is wrong with a plan as a whole though each member may be right. */
class SeatingPlanFaultTests {

    private static final String SEAT = "/zones/0/rows/0/seats/1";

    @Test
    void seatIdUsedTwiceNamesTheFirstSeat() {
        var faults = faultsOf(newerWith("/zones/0/rows/1/seats/0/seat_guid", "\"1-2\""));

        assertThat(faults)
                .containsExactly(new Finding(
                        "#/zones/0/rows/1/seats/0/seat_guid",
                        "duplicate-seat",
                        "The seat at #/zones/0/rows/0/seats/1/seat_guid has the same id."));
    }

    @Test
    void categoryNameUsedTwiceNamesTheFirstCategory() {
        var faults = faultsOf(newerWith("/categories/-", "{\"name\": \"Kategorie B\"}"));

        assertThat(faults)
                .containsExactly(new Finding(
                        "#/categories/2/name",
                        "duplicate-category",
                        "The category at #/categories/1/name has the same name."));
    }

    @Test
    void unknownCategoryIsNamed() {
        var faults = faultsOf(newerWith(SEAT + "/category", "\"Kategorie C\""));

        assertThat(faults)
                .containsExactly(new Finding(
                        "#/zones/0/rows/0/seats/1/category",
                        "unknown-category",
                        "There is no category \"Kategorie C\" in this plan."));
    }

    @Test
    void planWithoutCategoriesKnowsNone() {
        assertThat(faultsOf(newerWith("/categories", "[]")))
                .extracting(Finding::code)
                .containsExactly("unknown-category", "unknown-category", "unknown-category");
    }

    @Test
    void faultInACategoryIsNotRepeatedForEachOfItsSeats() {
        assertOnlyFault(newerWith("/categories/0/name", "null"), "#/categories/0/name", "wrong-type");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            /zones,        []
            /zones/0/rows, []
            """)
    void planMustHaveSeats(String pointer, String json) {
        assertOnlyFault(newerWith(pointer, json), "#/zones", "no-seats");
    }

    @Test
    void planOfEmptyRowsHasNoSeats() {
        var document = newerWith("/zones/0/rows/0/seats", "[]");
        set(document, "/zones/0/rows/1/seats", "[]");

        assertOnlyFault(document, "#/zones", "no-seats");
    }

    @Test
    void categoriesAreAtMostTwoHundred() {
        var document = parsed(NEWER);
        IntStream.rangeClosed(3, 200).forEach(category -> addCategory(document, category));
        assertThat(planOf(document).categories()).hasSize(200);

        addCategory(document, 201);
        assertOnlyFault(document, "#/categories", "too-many");
    }

    @Test
    void seatsAreAtMostAHundredThousand() {
        var document = newerWith("/zones/1/rows/-", "{\"row_number\": \"1\", \"seats\": []}");
        IntStream.rangeClosed(4, 100_000).forEach(seat -> addSeat(document, seat));
        assertThat(planOf(document).seats()).hasSize(100_000);

        addSeat(document, 100_001);
        assertOnlyFault(document, "#/zones/1/rows/0/seats", "too-many");
    }

    @Test
    void allFaultsAreListedInTheirOrder() {
        var document = newerWith(SEAT + "/category", "\"\"");
        set(document, SEAT + "/seat_guid", "");
        set(document, "/zones/0/rows/1/row_number", "2");
        set(document, "/name", "");

        assertThat(faultsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(
                        tuple("#/name", "missing"),
                        tuple("#" + SEAT + "/seat_guid", "missing"),
                        tuple("#" + SEAT + "/category", "empty"),
                        tuple("#/zones/0/rows/1/row_number", "wrong-type"));
    }

    @Test
    void faultsAreAtMostAHundred() {
        var document = parsed(LargeHall.json());
        set(document, "/categories", "[]");

        assertThat(faultsOf(document)).hasSize(100);
    }

    @Test
    void messageIsShortWhateverTheDocumentHolds() {
        var document = parsed(NEWER);
        var name = "😀\u0007".repeat(100);
        ((ObjectNode) document.at(SEAT)).put("category", name);

        assertThat(faultsOf(document).getFirst().message())
                .isEqualTo("There is no category \"" + "😀\uFFFD".repeat(30) + "…\" in this plan.");
    }

    private static void addCategory(JsonNode document, int number) {
        ((ArrayNode) document.at("/categories")).addObject().put("name", "Kategorie " + number);
    }

    private static void addSeat(JsonNode document, int number) {
        var seat = ((ArrayNode) document.at("/zones/1/rows/0/seats"))
                .addObject()
                .put("seat_guid", "seat-" + number)
                .put("seat_number", "" + number)
                .put("category", "Kategorie A");
        seat.putObject("position").put("x", number).put("y", 0);
    }
}
