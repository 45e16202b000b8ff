package dev.abendkasse.server.catalog.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Which seats of a row are neighbours, and which of them are offered first. */
final class RowOrder {

    private static final double AISLE = 1.5;

    /** Positions are sums of fractions: a gap of exactly one and a half seats must not become an aisle by rounding. */
    private static final double ROUNDING = 1 + 1e-9;

    private RowOrder() {}

    /**
     * Numbers the seats of a row so that neighbours are one apart and seats across an aisle are two apart.
     *
     * <p>The seats are taken in the order of the document. Two that follow each other have an aisle between them if
     * they are further apart than one and a half times the median distance of the row. With an even number of distances
     * the median is the lower one of the middle two, so that the aisle between three seats is found.
     */
    static int[] places(List<Position> seats) {
        var distances = distances(seats);
        double aisle = AISLE * ROUNDING * median(distances);
        var places = new int[seats.size()];
        for (int seat = 1; seat < places.length; seat++) {
            places[seat] = places[seat - 1] + (distances[seat - 1] > aisle ? 2 : 1);
        }
        return places;
    }

    /**
     * The order in which the seats of a row are offered, from 0.
     *
     * <p>It goes from the middle of the row outward, by the seats' order in the document, and of two seats that are
     * equally far from the middle the earlier one comes first. Over the whole hall the rows follow each other in the
     * order of the document, so a plan lists its best zone and its best row first.
     */
    static int[] ranks(int seats) {
        return IntStream.range(0, seats).map(seat -> rank(seat, seats)).toArray();
    }

    private static int rank(int seat, int seats) {
        int fromTheMiddle = 2 * seat - (seats - 1);
        return fromTheMiddle < 0 ? -fromTheMiddle - 1 : fromTheMiddle;
    }

    private static double[] distances(List<Position> seats) {
        return IntStream.range(1, seats.size())
                .mapToDouble(seat -> seats.get(seat - 1).distanceTo(seats.get(seat)))
                .toArray();
    }

    private static double median(double[] distances) {
        if (distances.length == 0) {
            return 0;
        }
        var sorted = distances.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
