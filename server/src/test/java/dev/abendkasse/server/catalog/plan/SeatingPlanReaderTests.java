package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.NEWER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.OLDER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.newerWith;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.warningsOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeatingPlanReaderTests {

    @Test
    void olderGenerationIsReadAsItIs() {
        var plan = planOf(parsed(OLDER));

        assertThat(plan.name()).isEqualTo("Kammerspiele");
        assertThat(plan.width()).isNull();
        assertThat(plan.height()).isNull();
        assertThat(plan.categories())
                .containsExactly(new PlanCategory("Kategorie A", "#aa0000"), new PlanCategory("Kategorie B", null));
        assertThat(plan.seats())
                .containsExactly(
                        new PlanSeat("1-1", "Kategorie A", "Saal", "1", "1", 15, 120, 0, 0, 0),
                        new PlanSeat("1-2", "Kategorie A", "Saal", "1", "2", 40, 120, 0, 1, 1),
                        new PlanSeat("2-1", "Kategorie B", "Saal", "2", "1", 15, 145, 1, 0, 2));
    }

    @Test
    void olderGenerationIsWarnedOfItsMissingSizeOnly() {
        assertThat(warningsOf(parsed(OLDER)))
                .containsExactly(new Finding("#/size", "missing-size", "The plan doesn't say how large it is."));
    }

    @Test
    void newerGenerationIsReadWithLabelsAndFractions() {
        var plan = planOf(parsed(NEWER));

        assertThat(plan.width()).isEqualTo(500);
        assertThat(plan.height()).isEqualTo(400.5);
        assertThat(plan.categories())
                .containsExactly(new PlanCategory("Kategorie A", "#AA0000"), new PlanCategory("Kategorie B", "#0b0"));
        assertThat(plan.seats())
                .containsExactly(
                        new PlanSeat("1-1", "Kategorie A", "Saal", "Reihe 1", "Platz 1", 10.75, 121.5, 0, 0, 0),
                        new PlanSeat("1-2", "Kategorie A", "Saal", "Reihe 1", "Platz 2", 35.75, 120, 0, 1, 1),
                        new PlanSeat("2-1", "Kategorie B", "Saal", "2", "1", 15.5, 145, 1, 0, 2));
    }

    @Test
    void newerGenerationGivesNoWarning() {
        assertThat(warningsOf(parsed(NEWER))).isEmpty();
    }

    @Test
    void labelWithoutPlaceholderStandsForTheNumber() {
        var plan = planOf(newerWith("/zones/0/rows/0/seat_label", "\"Stehplatz\""));

        assertThat(plan.seats()).extracting(PlanSeat::number).containsExactly("Stehplatz", "Stehplatz", "1");
    }

    @Test
    void zoneWithoutNameIsASectionWithoutName() {
        assertThat(planOf(newerWith("/zones/0/name", "")).seats())
                .extracting(PlanSeat::section)
                .containsOnly("");
    }

    @Test
    void rowIndexRunsThroughAllZones() {
        var document = newerWith("/zones/1/rows/-", """
                {"row_number": "1", "seats": [
                  {"seat_guid": "x", "seat_number": "1", "position": {"x": 0, "y": 0}, "category": "Kategorie A"}]}
                """);

        assertThat(planOf(document).seats()).extracting(PlanSeat::rowIndex).containsExactly(0, 0, 1, 2);
    }

    @Test
    void textOfTwoHundredCharactersPassesHoweverManyUnitsTheyTake() {
        var name = "😀".repeat(200);

        assertThat(planOf(newerWith("/name", "\"" + name + "\"")).name()).isEqualTo(name);
    }
}
