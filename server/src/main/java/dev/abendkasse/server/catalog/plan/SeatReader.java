package dev.abendkasse.server.catalog.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads single seats; one reader sees all seats of a plan and so finds ids that are used twice. */
final class SeatReader {

    private static final Set<String> KEYS =
            Set.of("seat_guid", "seat_number", "position", "category", "uuid", "start_direction", "radius");
    private static final List<String> DIRECTIONS = List.of("<", ">", "<>");

    private final Findings findings;
    private final Members members;
    private final Drawing drawing;
    private final CategoryReader categories;
    private final Map<String, JsonPlace> ids = new HashMap<>();

    SeatReader(Findings findings, CategoryReader categories) {
        this.findings = findings;
        this.members = new Members(findings);
        this.drawing = new Drawing(findings);
        this.categories = categories;
    }

    /** A seat as its row sees it. */
    record RowSeat(String id, String category, String number, Position position) {}

    RowSeat read(JsonPlace seat, String label, Position row) {
        var number = members.text(seat, "seat_number");
        checkDrawing(seat);
        return new RowSeat(
                id(seat),
                category(seat),
                members.labelled(label, number, seat.member("seat_number")),
                row.plus(members.position(seat)));
    }

    private String id(JsonPlace seat) {
        var id = members.name(seat, "seat_guid");
        var place = seat.member("seat_guid");
        var first = id.isEmpty() ? null : ids.putIfAbsent(id, place);
        if (first != null) {
            findings.fault(place, "duplicate-seat", "The seat at " + first.pointer() + " has the same id.");
        }
        return id;
    }

    private String category(JsonPlace seat) {
        var category = members.name(seat, "category");
        if (!category.isEmpty() && !categories.isKnown(category)) {
            findings.fault(
                    seat.member("category"),
                    "unknown-category",
                    "There is no category " + Text.quoted(category) + " in this plan.");
        }
        return category;
    }

    private void checkDrawing(JsonPlace seat) {
        findings.unknownKeys(KEYS, seat);
        drawing.text(seat, "uuid");
        drawing.number(seat, "radius");
        drawing.oneOf(DIRECTIONS, seat, "start_direction");
    }
}
