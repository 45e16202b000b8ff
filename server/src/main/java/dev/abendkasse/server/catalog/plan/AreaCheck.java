package dev.abendkasse.server.catalog.plan;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Looks through the areas of a zone, which are only drawn and not imported, for what can't be read. */
final class AreaCheck {

    private static final List<String> SHAPES = List.of("polygon", "rectangle", "ellipse", "circle", "text");
    private static final Set<String> KEYS = Set.of(
            "shape",
            "polygon",
            "rectangle",
            "ellipse",
            "circle",
            "text",
            "color",
            "border_color",
            "rotation",
            "position",
            "uuid",
            "width",
            "height");

    private final Findings findings;
    private final Drawing drawing;

    AreaCheck(Findings findings) {
        this.findings = findings;
        this.drawing = new Drawing(findings);
    }

    void check(JsonPlace zone) {
        var areas = zone.member("areas");
        if (drawing.readable(areas, JsonNode::isArray, "an array")) {
            areas.elements().stream()
                    .filter(area -> drawing.readable(area, JsonNode::isObject, "a list of objects"))
                    .forEach(this::checkArea);
        }
    }

    private void checkArea(JsonPlace area) {
        findings.unknownKeys(KEYS, area);
        drawing.text(area, "uuid");
        drawing.color(area, "color");
        drawing.color(area, "border_color");
        drawing.number(area, "rotation");
        drawing.number(area, "width");
        drawing.number(area, "height");
        drawing.point(area.member("position"));
        drawing.oneOf(SHAPES, area, "shape");
        var shape = area.json().path("shape").stringValue("");
        if (SHAPES.contains(shape)) {
            drawing.expect(area.member(shape));
        }
        SHAPES.forEach(each -> checkShape(area.member(each)));
    }

    private void checkShape(JsonPlace shape) {
        boolean plainText = shape.key().equals("text") && shape.json().isString();
        if (plainText || !drawing.readable(shape, JsonNode::isObject, "an object")) {
            return;
        }
        findings.unknownKeys(membersOf(shape.key()), shape);
        switch (shape.key()) {
            case "polygon" -> checkPoints(shape.member("points"));
            case "ellipse" -> drawing.neededPoint(shape.member("radius"));
            case "text" -> checkText(shape);
            default -> membersOf(shape.key()).forEach(number -> drawing.neededNumber(shape.member(number)));
        }
    }

    private static Set<String> membersOf(String shape) {
        return switch (shape) {
            case "polygon" -> Set.of("points");
            case "rectangle" -> Set.of("width", "height");
            case "text" -> Set.of("text", "color", "size", "position");
            default -> Set.of("radius");
        };
    }

    private void checkPoints(JsonPlace points) {
        drawing.expect(points);
        if (drawing.readable(points, JsonNode::isArray, "an array")) {
            points.elements().forEach(drawing::neededPoint);
        }
    }

    private void checkText(JsonPlace text) {
        drawing.expect(text.member("text"));
        drawing.text(text, "text");
        drawing.color(text, "color");
        drawing.number(text, "size");
        drawing.neededPoint(text.member("position"));
    }
}
