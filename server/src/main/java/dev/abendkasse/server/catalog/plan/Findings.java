package dev.abendkasse.server.catalog.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects faults and warnings in bounded memory, whatever the document holds. */
final class Findings {

    static final int MOST = 100;

    private static final int LONGEST_POINTER = 500;

    private final List<Finding> faults = new ArrayList<>();
    private final Map<Kind, Warning> warnings = new LinkedHashMap<>();
    private int unlistedWarnings;

    void fault(JsonPlace place, String code, String message) {
        if (!areFull()) {
            faults.add(new Finding(pointerTo(place), code, message));
        }
    }

    void warning(JsonPlace place, String code, String message) {
        var kind = new Kind(code, place.key());
        var known = warnings.get(kind);
        if (known != null) {
            known.count++;
        } else if (warnings.size() < MOST) {
            warnings.put(kind, new Warning(new Finding(pointerTo(place), code, message)));
        } else {
            unlistedWarnings++;
        }
    }

    void unknownKeys(Set<String> known, JsonPlace object) {
        for (var key : object.json().propertyNames()) {
            if (!known.contains(key)) {
                warning(object.member(key), "unknown-key", "Left out: the key " + Text.quoted(key) + " is not known.");
            }
        }
    }

    /** From here on reading tells nobody anything new. */
    boolean areFull() {
        return faults.size() == MOST;
    }

    boolean haveFaults() {
        return !faults.isEmpty();
    }

    List<Finding> faults() {
        return faults;
    }

    List<Finding> warnings() {
        var all = new ArrayList<Finding>();
        warnings.values().forEach(warning -> all.add(warning.counted()));
        if (unlistedWarnings > 0) {
            all.add(new Finding("#", "more-warnings", "More warnings that are not listed: " + unlistedWarnings + "."));
        }
        return all;
    }

    /** Only a maker's own key can make a pointer long; then its object is pointed at. */
    private static String pointerTo(JsonPlace place) {
        var pointer = place.pointer();
        return pointer.length() > LONGEST_POINTER && place.parent() != null
                ? place.parent().pointer()
                : pointer;
    }

    private record Kind(String code, String key) {}

    /** The first of its kind, and how often it came. */
    private static final class Warning {

        private final Finding first;
        private int count = 1;

        Warning(Finding first) {
            this.first = first;
        }

        Finding counted() {
            return count == 1
                    ? first
                    : new Finding(first.pointer(), first.code(), first.message() + " (" + count + " times)");
        }
    }
}
