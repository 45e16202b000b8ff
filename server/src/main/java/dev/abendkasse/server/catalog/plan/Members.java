package dev.abendkasse.server.catalog.plan;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Reads members that decide who may sit where, and notes a fault for each that can't be read.
 *
 * <p>A fault yields a stand-in value: reading goes on to find the other faults, and no plan comes of it.
 */
final class Members {

    static final double LARGEST_NUMBER = 1e7;

    static final Set<String> COORDINATES = Set.of("x", "y");

    private final Findings findings;

    Members(Findings findings) {
        this.findings = findings;
    }

    boolean isObject(JsonPlace place) {
        return is(JsonNode::isObject, "an object", place);
    }

    boolean hasArray(JsonPlace object, String key) {
        return is(JsonNode::isArray, "an array", object.member(key));
    }

    /** The elements of a required array of objects. */
    List<JsonPlace> objects(JsonPlace object, String key) {
        return hasArray(object, key)
                ? object.member(key).elements().stream().filter(this::isObject).toList()
                : List.of();
    }

    /** A required string that may be empty. */
    String text(JsonPlace object, String key) {
        return text(object.member(key));
    }

    /** A required string that says something; only a fault yields an empty one. */
    String name(JsonPlace object, String key) {
        var place = object.member(key);
        var name = text(place);
        if (place.json().isString() && place.json().stringValue().isEmpty()) {
            findings.fault(place, "empty", "This must not be empty.");
        }
        return name;
    }

    String textIfGiven(JsonPlace object, String key) {
        var place = object.member(key);
        return place.isAbsent() ? "" : text(place);
    }

    /** What is shown: the number as it is, or put into the label where the label says {@code %s}. */
    String labelled(String label, String number, JsonPlace place) {
        var shown = label.isEmpty() ? number : label.replace("%s", number);
        if (Text.isTooLong(shown)) {
            findings.fault(
                    place, "too-long", "Label and number together have more than " + Text.LONGEST + " characters.");
        }
        return shown;
    }

    Position position(JsonPlace object) {
        return point(object.member("position"));
    }

    Position positionIfGiven(JsonPlace object) {
        return object.member("position").isAbsent() ? Position.ORIGIN : position(object);
    }

    private Position point(JsonPlace place) {
        if (!isObject(place)) {
            return Position.ORIGIN;
        }
        findings.unknownKeys(COORDINATES, place);
        return new Position(number(place.member("x")), number(place.member("y")));
    }

    private double number(JsonPlace place) {
        if (!is(JsonNode::isNumber, "a number", place)) {
            return 0;
        }
        if (!isSensible(place.json())) {
            findings.fault(place, "out-of-range", "The number must be between -10000000 and 10000000.");
            return 0;
        }
        return place.json().asDouble();
    }

    static boolean isSensible(JsonNode number) {
        return number.isNumber() && Math.abs(number.asDouble(Double.NaN)) <= LARGEST_NUMBER;
    }

    private String text(JsonPlace place) {
        if (!is(JsonNode::isString, "a string", place)) {
            return "";
        }
        var text = place.json().stringValue();
        if (Text.isTooLong(text)) {
            findings.fault(place, "too-long", "At most " + Text.LONGEST + " characters are allowed.");
            return "";
        }
        if (!Text.isUsable(text)) {
            findings.fault(place, "unusable-text", "The text holds a character that can't be stored.");
            return "";
        }
        return text;
    }

    private boolean is(Predicate<JsonNode> type, String name, JsonPlace place) {
        if (place.json().isMissingNode()) {
            findings.fault(place, "missing", "This is missing: " + name + " is required.");
            return false;
        }
        if (!type.test(place.json())) {
            findings.fault(place, "wrong-type", "This must be " + name + ".");
            return false;
        }
        return true;
    }
}
