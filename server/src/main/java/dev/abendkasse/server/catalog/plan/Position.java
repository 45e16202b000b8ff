package dev.abendkasse.server.catalog.plan;

/** A point of the drawing. */
record Position(double x, double y) {

    static final Position ORIGIN = new Position(0, 0);

    Position plus(Position offset) {
        return new Position(x + offset.x, y + offset.y);
    }

    double distanceTo(Position other) {
        return Math.hypot(other.x - x, other.y - y);
    }
}
