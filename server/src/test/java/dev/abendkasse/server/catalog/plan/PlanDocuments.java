package dev.abendkasse.server.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Accepted;
import dev.abendkasse.server.catalog.plan.SeatingPlanReading.Rejected;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Small seating plans of both generations, and ways to change and read them. */
final class PlanDocuments {

    static final String OLDER = """
            {
              "name": "Kammerspiele",
              "categories": [{"name": "Kategorie A", "color": "#aa0000"}, {"name": "Kategorie B"}],
              "zones": [
                {
                  "name": "Saal",
                  "displayed": true,
                  "position": {"x": 10, "y": 20},
                  "areas": [
                    {"width": 400, "height": 60, "position": {"x": 0, "y": 0}, "rotation": 0, "text": "Bühne",
                     "color": "gray", "border_color": "rgb(0, 0, 0)"}
                  ],
                  "rows": [
                    {
                      "row_number": "1",
                      "number_of_seats": 2,
                      "seats_spacing": 25,
                      "position": {"x": 5, "y": 100},
                      "seats": [
                        {"seat_guid": "1-1", "seat_number": "1", "position": {"x": 0, "y": 0},
                         "category": "Kategorie A"},
                        {"seat_guid": "1-2", "seat_number": "2", "position": {"x": 25, "y": 0},
                         "category": "Kategorie A"}
                      ]
                    },
                    {
                      "row_number": "2",
                      "seats": [
                        {"seat_guid": "2-1", "seat_number": "1", "position": {"x": 5, "y": 125},
                         "category": "Kategorie B"}
                      ]
                    }
                  ]
                }
              ]
            }
            """;

    static final String NEWER = """
            {
              "name": "Kammerspiele",
              "size": {"width": 500, "height": 400.5},
              "categories": [{"name": "Kategorie A", "color": "#AA0000"}, {"name": "Kategorie B", "color": "#0b0"}],
              "zones": [
                {
                  "name": "Saal",
                  "zone_id": "saal",
                  "uuid": "b7a1a7a0-1f6e-4f2e-9b58-8f2f4b0f8a01",
                  "position": {"x": 10.5, "y": 20},
                  "areas": [
                    {"shape": "polygon", "polygon": {"points": [{"x": 0, "y": 0}, {"x": 9, "y": 0}, {"x": 9, "y": 9}]},
                     "color": "#eee", "border_color": "#000000ff", "rotation": 12.5, "position": {"x": 1, "y": 2},
                     "text": {"text": "Bühne", "color": "#333333", "size": 16, "position": {"x": 1, "y": 2}}},
                    {"shape": "rectangle", "rectangle": {"width": 10, "height": 20}},
                    {"shape": "ellipse", "ellipse": {"radius": {"x": 10, "y": 20}}},
                    {"shape": "circle", "circle": {"radius": 10}},
                    {"shape": "text", "text": {"text": "Eingang", "position": {"x": 1, "y": 2}}}
                  ],
                  "rows": [
                    {
                      "row_number": "1",
                      "row_label": "Reihe %s",
                      "seat_label": "Platz %s",
                      "row_number_position": "both",
                      "uuid": "b7a1a7a0-1f6e-4f2e-9b58-8f2f4b0f8a02",
                      "position": {"x": 0.25, "y": 100},
                      "seats": [
                        {"seat_guid": "1-1", "seat_number": "1", "position": {"x": 0, "y": 1.5},
                         "category": "Kategorie A", "radius": 10, "start_direction": "<>",
                         "uuid": "b7a1a7a0-1f6e-4f2e-9b58-8f2f4b0f8a03"},
                        {"seat_guid": "1-2", "seat_number": "2", "position": {"x": 25, "y": 0},
                         "category": "Kategorie A",
                         "start_direction": null}
                      ]
                    },
                    {
                      "row_number": "2",
                      "row_label": null,
                      "seat_label": null,
                      "row_number_position": null,
                      "seats": [
                        {"seat_guid": "2-1", "seat_number": "1", "position": {"x": 5, "y": 125},
                         "category": "Kategorie B"}
                      ]
                    }
                  ]
                },
                {"position": {"x": 0, "y": 0}, "rows": []}
              ]
            }
            """;

    private PlanDocuments() {}

    static JsonNode parsed(String json) {
        return JsonMapper.shared().readTree(json);
    }

    /** The newer plan with the value at a pointer replaced, added, or removed where the value is empty. */
    static JsonNode newerWith(String pointer, String json) {
        var document = parsed(NEWER);
        set(document, pointer, json);
        return document;
    }

    static void set(JsonNode document, String pointer, String json) {
        int slash = pointer.lastIndexOf('/');
        var key = pointer.substring(slash + 1);
        switch (document.at(pointer.substring(0, slash))) {
            case ObjectNode object when json.isEmpty() -> object.remove(key);
            case ObjectNode object -> object.set(key, parsed(json));
            case ArrayNode array when json.isEmpty() -> array.remove(Integer.parseInt(key));
            case ArrayNode array when key.equals("-") -> array.add(parsed(json));
            case ArrayNode array -> array.set(Integer.parseInt(key), parsed(json));
            default -> throw new IllegalArgumentException(pointer);
        }
    }

    static SeatingPlan planOf(JsonNode document) {
        return ((Accepted) SeatingPlanReader.read(document)).plan();
    }

    static List<Finding> warningsOf(JsonNode document) {
        return ((Accepted) SeatingPlanReader.read(document)).warnings();
    }

    static List<Finding> faultsOf(JsonNode document) {
        return ((Rejected) SeatingPlanReader.read(document)).faults();
    }

    static void assertOnlyFault(JsonNode document, String pointer, String code) {
        assertThat(faultsOf(document))
                .extracting(Finding::pointer, Finding::code)
                .containsExactly(tuple(pointer, code));
    }
}
