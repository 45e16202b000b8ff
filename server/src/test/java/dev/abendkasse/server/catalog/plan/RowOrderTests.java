package dev.abendkasse.server.catalog.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowOrderTests {

    @Test
    void seatsAtEqualDistancesAreNeighbours() {
        assertThat(RowOrder.places(at(0, 20, 40, 60))).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aisleSkipsAPlace() {
        assertThat(RowOrder.places(at(0, 20, 40, 90, 110, 130))).containsExactly(0, 1, 2, 4, 5, 6);
    }

    @Test
    void gapOfOneAndAHalfSeatsIsNoAisleYet() {
        assertThat(RowOrder.places(at(1.1, 1.2, 1.35))).containsExactly(0, 1, 2);
        assertThat(RowOrder.places(at(0, 20, 40, 70.1, 90))).containsExactly(0, 1, 2, 4, 5);
    }

    @Test
    void eachAisleSkipsOnePlaceHoweverWide() {
        assertThat(RowOrder.places(at(0, 20, 400, 420, 1000, 1020))).containsExactly(0, 1, 3, 4, 6, 7);
    }

    @Test
    void distanceIsMeasuredInBothDirections() {
        var curve = List.of(new Position(0, 0), new Position(3, 4), new Position(6, 8), new Position(6, 18));

        assertThat(RowOrder.places(curve)).containsExactly(0, 1, 2, 4);
    }

    @Test
    void rowMayRunFromRightToLeft() {
        assertThat(RowOrder.places(at(60, 40, 0, -20))).containsExactly(0, 1, 3, 4);
    }

    @Test
    void twoSeatsAreNeighboursHoweverFarApart() {
        assertThat(RowOrder.places(at(0, 900))).containsExactly(0, 1);
    }

    @Test
    void lowerMedianFindsTheAisleBetweenThreeSeats() {
        assertThat(RowOrder.places(at(0, 20, 60))).containsExactly(0, 1, 3);
    }

    @Test
    void seatsOnTheSameSpotAreNeighbours() {
        assertThat(RowOrder.places(at(5, 5, 5))).containsExactly(0, 1, 2);
    }

    @Test
    void emptyAndSingleRowsHaveNoNeighbours() {
        assertThat(RowOrder.places(at())).isEmpty();
        assertThat(RowOrder.places(at(7))).containsExactly(0);
        assertThat(RowOrder.ranks(0)).isEmpty();
        assertThat(RowOrder.ranks(1)).containsExactly(0);
    }

    @Test
    void ranksGoFromTheMiddleOutward() {
        assertThat(RowOrder.ranks(5)).containsExactly(3, 1, 0, 2, 4);
        assertThat(RowOrder.ranks(6)).containsExactly(4, 2, 0, 1, 3, 5);
    }

    private static List<Position> at(double... xs) {
        return Arrays.stream(xs).mapToObj(x -> new Position(x, 0)).toList();
    }
}
