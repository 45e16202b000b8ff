package dev.abendkasse.server.catalog.plan;

import static dev.abendkasse.server.catalog.plan.PlanDocuments.NEWER;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.newerWith;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.parsed;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.planOf;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.set;
import static dev.abendkasse.server.catalog.plan.PlanDocuments.warningsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class SeatingPlanWarningTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/mine",
                "/size/mine",
                "/categories/0/mine",
                "/zones/0/mine",
                "/zones/0/position/mine",
                "/zones/0/rows/0/mine",
                "/zones/0/rows/0/position/mine",
                "/zones/0/rows/0/seats/1/mine",
                "/zones/0/rows/0/seats/1/position/mine",
                "/zones/0/areas/0/mine",
                "/zones/0/areas/0/position/mine",
                "/zones/0/areas/0/polygon/mine",
                "/zones/0/areas/0/polygon/points/1/mine",
                "/zones/0/areas/0/text/mine",
                "/zones/0/areas/1/rectangle/mine",
                "/zones/0/areas/2/ellipse/mine",
                "/zones/0/areas/2/ellipse/radius/mine",
                "/zones/0/areas/3/circle/mine"
            })
    void unknownKeyIsLeftOut(String pointer) {
        var document = newerWith(pointer, "{\"deep\": [1]}");

        assertThat(warningsOf(document))
                .containsExactly(new Finding("#" + pointer, "unknown-key", "Left out: the key \"mine\" is not known."));
        assertThat(planOf(document)).isEqualTo(planOf(parsed(NEWER)));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            /zones/0/zone_id;                               1
            /zones/0/uuid;                                  {}
            /zones/0/displayed;                             "yes"
            /zones/0/areas;                                 {}
            /zones/0/rows/0/uuid;                           7
            /zones/0/rows/0/row_number_position;            "left"
            /zones/0/rows/0/row_number_position;            "right"
            /zones/0/rows/0/row_number_position;            "none"
            /zones/0/rows/0/row_number_position;            []
            /zones/0/rows/0/number_of_seats;                "two"
            /zones/0/rows/0/seats_spacing;                  1e99
            /zones/0/rows/0/seats/1/uuid;                   false
            /zones/0/rows/0/seats/1/radius;                 "10"
            /zones/0/rows/0/seats/1/start_direction;        "up"
            /zones/0/areas/0/color;                         1
            /zones/0/areas/0/border_color;                  "#12"
            /zones/0/areas/0/rotation;                      "12"
            /zones/0/areas/0/position;                      {"x": 1}
            /zones/0/areas/0/shape;                         "blob"
            /zones/0/areas/0/polygon;                       []
            /zones/0/areas/0/polygon;
            /zones/0/areas/0/polygon/points;                {}
            /zones/0/areas/0/polygon/points;
            /zones/0/areas/0/polygon/points/1;              {"x": 1, "y": "2"}
            /zones/0/areas/0/polygon/points/1;              null
            /zones/0/areas/0/text;                          1
            /zones/0/areas/0/text/text;
            /zones/0/areas/0/text/size;                     "large"
            /zones/0/areas/0/text/position;
            /zones/0/areas/1/rectangle/width;
            /zones/0/areas/1/rectangle/height;              null
            /zones/0/areas/1/width;                         "1"
            /zones/0/areas/2/ellipse/radius;                5
            /zones/0/areas/3/circle/radius;                 {"x": 1, "y": 1}
            /zones/0/areas/4/text;
            """, delimiter = ';')
    void valueThatIsOnlyDrawnIsLeftOutWhereItCannotBeRead(String pointer, @Nullable String json) {
        var document = newerWith(pointer, json == null ? "" : json);

        assertThat(warningsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(tuple("#" + pointer, "unreadable"));
        assertThat(planOf(document)).isEqualTo(planOf(parsed(NEWER)));
    }

    @Test
    void areaThatIsNoObjectIsLeftOut() {
        assertThat(warningsOf(newerWith("/zones/0/areas/-", "\"Bar\"")))
                .containsExactly(new Finding(
                        "#/zones/0/areas/5", "unreadable", "Left out: \"areas\" is not a list of objects."));
    }

    @Test
    void emptyNameIsNoted() {
        assertThat(warningsOf(newerWith("/name", "\"\"")))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(tuple("#/name", "empty-name"));
    }

    @Test
    void sameKeyInManySeatsGivesOneWarningThatCounts() {
        var document = parsed(LargeHall.json());
        for (var row : document.at("/zones").findValues("seats")) {
            row.forEach(seat -> ((ObjectNode) seat).put("mood", "good").put("start_direction", "?"));
        }

        assertThat(warningsOf(document))
                .containsExactly(
                        new Finding(
                                "#/zones/0/rows/0/seats/0/mood",
                                "unknown-key",
                                "Left out: the key \"mood\" is not known. (20000 times)"),
                        new Finding(
                                "#/zones/0/rows/0/seats/0/start_direction",
                                "unreadable",
                                "Left out: \"start_direction\" is not one of <, >, <>. (20000 times)"));
    }

    @Test
    void warningsBeyondAHundredAreCountedInOneLine() {
        var document = parsed(NEWER);
        IntStream.range(0, 130).forEach(key -> ((ObjectNode) document).put("key" + key, 1));

        assertThat(warningsOf(document))
                .hasSize(101)
                .last()
                .isEqualTo(new Finding("#", "more-warnings", "More warnings that are not listed: 30."));
    }

    @Test
    void keyTooLongForAPointerIsReportedAtItsObject() {
        var document = parsed(NEWER);
        ((ObjectNode) document.at("/zones/0")).put("ä".repeat(100), 1);

        assertThat(warningsOf(document))
                .containsExactly(new Finding(
                        "#/zones/0", "unknown-key", "Left out: the key \"" + "ä".repeat(60) + "…\" is not known."));
    }

    @Test
    void keysOfTheOlderGenerationAreKnownInTheNewerToo() {
        JsonNode document = newerWith("/zones/0/displayed", "false");
        set(document, "/zones/0/rows/0/number_of_seats", "2");
        set(document, "/zones/0/rows/0/seats_spacing", "25");
        set(document, "/zones/0/areas/3/width", "20");
        set(document, "/zones/0/areas/3/height", "20");

        assertThat(warningsOf(document)).isEmpty();
    }
}
