package dev.abendkasse.server.silence;

import dev.abendkasse.server.testing.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * When two kinds of answers count as told apart. The full run shows that they differ by less than is allowed. The smaller
 * sample of the test command cannot show that; there, only what chance brings about less than once in a million runs counts.
 *
 * @param alpha p-values below it count, after correction
 * @param comparisons how many p-values are looked at in a run
 * @param widening how many standard errors count as chance where the numbers are too small to show more
 */
record Yardstick(double alpha, int comparisons, double widening) {

    /** In microseconds. */
    private static final double MOST = 50;

    /** In percent. */
    private static final double MOST_GUESSED = 52;

    /** The standard deviation of what somebody gets right of one who only tosses a coin, in percent. */
    private static final double COIN = 50;

    /** What chance alone may find in a full run, in all that is compared. */
    private static final double MOST_BY_CHANCE = 0.01;

    /** Two p-values on kept connections, two on fresh ones and two under load. */
    private static final int COMPARISONS = 6;

    static Yardstick ofThisRun() {
        return ofThisRun(COMPARISONS);
    }

    /** @param comparisons how many p-values are looked at */
    static Yardstick ofThisRun(int comparisons) {
        return isFull() ? new Yardstick(MOST_BY_CHANCE, comparisons, 0) : new Yardstick(1e-6, comparisons, 5);
    }

    static boolean isFull() {
        return Scale.of(1000) == 1000;
    }

    /** What tells them apart; empty if nothing does. */
    List<String> complaints(Comparison comparison) {
        var complaints = byRank(comparison);
        boolean isApart = widening == 0
                ? comparison.low() < -MOST || comparison.high() > MOST
                : Math.abs(comparison.difference()) - widening * comparison.error() > MOST;
        if (isApart) {
            complaints.add("the medians differ");
        }
        if (comparison.guessed() > MOST_GUESSED + chance(comparison)) {
            complaints.add("guessed too often");
        }
        return complaints;
    }

    /** The same by what chance alone does to as many answers. */
    List<String> complaints(Comparison comparison, Noise noise) {
        var complaints = byRank(comparison);
        double factor = Math.max(1, widening);
        if (comparison.difference() < noise.low() * factor || comparison.difference() > noise.high() * factor) {
            complaints.add("the medians differ by more than chance makes them");
        }
        if (comparison.guessed() > Math.max(MOST_GUESSED, noise.guessed()) + chance(comparison)) {
            complaints.add("guessed too often");
        }
        return complaints;
    }

    /** Bonferroni's correction. */
    List<String> byRank(Comparison comparison) {
        var complaints = new ArrayList<String>();
        if (comparison.mannWhitney() * comparisons < alpha) {
            complaints.add("Mann-Whitney");
        }
        if (comparison.kolmogorovSmirnov() * comparisons < alpha) {
            complaints.add("Kolmogorov-Smirnov");
        }
        return complaints;
    }

    /** How seldom one comparison of a full run may find by chance what is not there. */
    double level() {
        return MOST_BY_CHANCE / COMPARISONS;
    }

    private double chance(Comparison comparison) {
        return widening * COIN / Math.sqrt(2.0 * comparison.size());
    }
}
