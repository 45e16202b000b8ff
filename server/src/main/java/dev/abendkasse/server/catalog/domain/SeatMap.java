package dev.abendkasse.server.catalog.domain;

import java.util.List;

/** Every place of a performance and its state, never who holds it. */
public record SeatMap(List<Seat> seats, List<Standing> generalAdmission) {

    /** Something to sit or stand in. */
    public sealed interface Place {}

    /** One seat. */
    public record Seat(
            String seatId, String section, String row, String number, String category, double x, double y, State state)
            implements Place {}

    /** A category without seats. */
    public record Standing(String category, int capacity, int available) implements Place {}

    /** What can become of a seat. */
    public enum State {
        AVAILABLE,
        HELD,
        SOLD
    }

    public boolean isEmpty() {
        return seats.isEmpty() && generalAdmission.isEmpty();
    }
}
