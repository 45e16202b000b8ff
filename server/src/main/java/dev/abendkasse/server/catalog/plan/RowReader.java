package dev.abendkasse.server.catalog.plan;

import dev.abendkasse.server.catalog.plan.SeatReader.RowSeat;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the rows of a plan one after the other and puts their seats in order. */
final class RowReader {

    static final int MOST_SEATS = 100_000;

    private static final Set<String> KEYS = Set.of(
            "row_number",
            "seats",
            "position",
            "uuid",
            "row_label",
            "seat_label",
            "row_number_position",
            "number_of_seats",
            "seats_spacing");
    private static final List<String> NUMBER_POSITIONS = List.of("start", "end", "both");

    private final Findings findings;
    private final Members members;
    private final Drawing drawing;
    private final SeatReader reader;
    private final List<PlanSeat> seats = new ArrayList<>();
    private int rows;

    RowReader(Findings findings, CategoryReader categories) {
        this.findings = findings;
        this.members = new Members(findings);
        this.drawing = new Drawing(findings);
        this.reader = new SeatReader(findings, categories);
    }

    List<PlanSeat> seats() {
        return seats;
    }

    void read(JsonPlace row, String section, Position zone) {
        checkDrawing(row);
        var label = members.textIfGiven(row, "row_label");
        var number = members.labelled(label, members.text(row, "row_number"), row.member("row_label"));
        addSeats(section, number, seatsOf(row, zone.plus(members.positionIfGiven(row))));
        rows++;
    }

    private List<RowSeat> seatsOf(JsonPlace row, Position position) {
        var label = members.textIfGiven(row, "seat_label");
        var read = new ArrayList<RowSeat>();
        for (var seat : members.objects(row, "seats")) {
            if (findings.areFull()) {
                break;
            }
            read.add(reader.read(seat, label, position));
        }
        return read;
    }

    private void addSeats(String section, String row, List<RowSeat> read) {
        var places = RowOrder.places(read.stream().map(RowSeat::position).toList());
        var ranks = RowOrder.ranks(read.size());
        int firstRank = seats.size();
        for (int i = 0; i < places.length; i++) {
            var seat = read.get(i);
            seats.add(new PlanSeat(
                    seat.id(),
                    seat.category(),
                    section,
                    row,
                    seat.number(),
                    seat.position().x(),
                    seat.position().y(),
                    rows,
                    places[i],
                    firstRank + ranks[i]));
        }
    }

    private void checkDrawing(JsonPlace row) {
        findings.unknownKeys(KEYS, row);
        drawing.text(row, "uuid");
        drawing.number(row, "number_of_seats");
        drawing.number(row, "seats_spacing");
        drawing.oneOf(NUMBER_POSITIONS, row, "row_number_position");
    }
}
