package dev.abendkasse.server.catalog.plan;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads members that only matter for drawing; what can't be read is left out with a warning. */
final class Drawing {

    private static final Set<String> SIZE = Set.of("width", "height");
    private static final Pattern COLOR = Pattern.compile(
            "#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|[a-z]{3,30}|rgba?\\([0-9., %/]{5,60}\\)",
            Pattern.CASE_INSENSITIVE);

    private final Findings findings;

    Drawing(Findings findings) {
        this.findings = findings;
    }

    void text(JsonPlace object, String key) {
        readable(object.member(key), JsonNode::isString, "a string");
    }

    void number(JsonPlace object, String key) {
        readable(object.member(key), Members::isSensible, "a number");
    }

    void neededNumber(JsonPlace place) {
        expect(place);
        readable(place, Members::isSensible, "a number");
    }

    void flag(JsonPlace object, String key) {
        readable(object.member(key), JsonNode::isBoolean, "true or false");
    }

    void oneOf(List<String> words, JsonPlace object, String key) {
        readable(
                object.member(key),
                json -> json.isString() && words.contains(json.stringValue()),
                "one of " + String.join(", ", words));
    }

    void point(JsonPlace place) {
        if (readable(place, Drawing::isPoint, "a point with x and y")) {
            findings.unknownKeys(Members.COORDINATES, place);
        }
    }

    void neededPoint(JsonPlace place) {
        expect(place);
        point(place);
    }

    /** Whether there is a size to take over. */
    boolean size(JsonPlace place) {
        if (place.isAbsent()) {
            findings.warning(place, "missing-size", "The plan doesn't say how large it is.");
        }
        boolean readable = readable(place, Drawing::isSize, "an object with width and height above 0");
        if (readable) {
            findings.unknownKeys(SIZE, place);
        }
        return readable;
    }

    @Nullable
    String color(JsonPlace object, String key) {
        var place = object.member(key);
        return readable(place, Drawing::isColor, "a color") ? place.json().stringValue() : null;
    }

    /** For a member that its object is nothing without. */
    void expect(JsonPlace place) {
        if (place.isAbsent()) {
            unreadable(place, "there");
        }
    }

    /** Whether it is there and as it should be. */
    boolean readable(JsonPlace place, Predicate<JsonNode> test, String expected) {
        if (place.isAbsent()) {
            return false;
        }
        boolean readable = test.test(place.json());
        if (!readable) {
            unreadable(place, expected);
        }
        return readable;
    }

    private void unreadable(JsonPlace place, String expected) {
        findings.warning(place, "unreadable", "Left out: " + Text.quoted(place.key()) + " is not " + expected + ".");
    }

    private static boolean isPoint(JsonNode json) {
        return Members.isSensible(json.path("x")) && Members.isSensible(json.path("y"));
    }

    private static boolean isSize(JsonNode json) {
        return SIZE.stream()
                .allMatch(key ->
                        Members.isSensible(json.path(key)) && json.path(key).asDouble() > 0);
    }

    private static boolean isColor(JsonNode json) {
        return json.isString() && COLOR.matcher(json.stringValue()).matches();
    }
}
