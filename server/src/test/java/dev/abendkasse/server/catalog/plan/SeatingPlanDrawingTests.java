package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.newerWith;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.warningsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeatingPlanDrawingTests {

    @ParameterizedTest
    @ValueSource(strings = {"\"#12345\"", "\"url(x)\"", "\"red;\"", "\"\"", "7", "{}"})
    void colorThatIsNoneIsLeftOut(String color) {
        var document = newerWith("/categories/1/color", color);

        assertThat(planOf(document).categories().getLast()).isEqualTo(new PlanCategory("Kategorie B", null));
        assertThat(warningsOf(document))
                .containsExactly(
                        new Finding("#/categories/1/color", "unreadable", "Left out: \"color\" is not a color."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"#abc", "#ABCDEF", "#abcdef80", "rebeccapurple", "rgb(1, 2, 3)", "rgba(1,2,3,0.5)"})
    void colorIsTakenOverAsItIsWritten(String color) {
        var document = newerWith("/categories/1/color", "\"" + color + "\"");

        assertThat(planOf(document).categories().getLast().color()).isEqualTo(color);
        assertThat(warningsOf(document)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null"})
    void missingSizeIsNoted(String json) {
        var document = newerWith("/size", json);

        assertThat(planOf(document).width()).isNull();
        assertThat(warningsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(tuple("#/size", "missing-size"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"width\": 5}", "{\"width\": 0, \"height\": 5}", "{\"width\": 5, \"height\": 1e9}", "[5, 5]"})
    void sizeIsTakenOverWholeOrNotAtAll(String json) {
        var document = newerWith("/size", json);

        assertThat(planOf(document).width()).isNull();
        assertThat(planOf(document).height()).isNull();
        assertThat(warningsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(tuple("#/size", "unreadable"));
    }
}
