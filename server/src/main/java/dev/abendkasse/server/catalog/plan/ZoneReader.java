package dev.abendkasse.server.catalog.plan;

import java.util.List;
import java.util.Set;

/** Reads the zones of a plan. */
final class ZoneReader {

    private static final Set<String> KEYS = Set.of("position", "rows", "name", "zone_id", "uuid", "areas", "displayed");

    private final Findings findings;
    private final Members members;
    private final Drawing drawing;
    private final AreaCheck areas;
    private final RowReader rows;
    private long seats;

    ZoneReader(Findings findings, CategoryReader categories) {
        this.findings = findings;
        this.members = new Members(findings);
        this.drawing = new Drawing(findings);
        this.areas = new AreaCheck(findings);
        this.rows = new RowReader(findings, categories);
    }

    List<PlanSeat> read(JsonPlace document) {
        for (var zone : members.objects(document, "zones")) {
            if (!findings.areFull() && !hasTooManySeats()) {
                readZone(zone);
            }
        }
        if (seats == 0 && !findings.haveFaults()) {
            findings.fault(document.member("zones"), "no-seats", "The plan has no seats.");
        }
        return rows.seats();
    }

    private void readZone(JsonPlace zone) {
        checkDrawing(zone);
        var section = members.textIfGiven(zone, "name");
        var position = members.position(zone);
        for (var row : members.objects(zone, "rows")) {
            if (!findings.areFull() && fits(row.member("seats"))) {
                rows.read(row, section, position);
            }
        }
    }

    /** Counted before they are read, and only the row that goes too far is a fault. */
    private boolean fits(JsonPlace row) {
        if (!hasTooManySeats()) {
            seats += row.json().size();
            if (hasTooManySeats()) {
                findings.fault(row, "too-many", "A plan has at most " + RowReader.MOST_SEATS + " seats.");
            }
        }
        return !hasTooManySeats();
    }

    private boolean hasTooManySeats() {
        return seats > RowReader.MOST_SEATS;
    }

    private void checkDrawing(JsonPlace zone) {
        findings.unknownKeys(KEYS, zone);
        drawing.text(zone, "zone_id");
        drawing.text(zone, "uuid");
        drawing.flag(zone, "displayed");
        areas.check(zone);
    }
}
