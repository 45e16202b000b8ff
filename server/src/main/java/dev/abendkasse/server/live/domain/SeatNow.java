package dev.abendkasse.server.live.domain;

/** A seat and its state now. */
public record SeatNow(String seatId, State state) {

    /** What can become of a seat. */
    public enum State {
        AVAILABLE,
        HELD,
        SOLD
    }
}
