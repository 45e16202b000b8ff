package dev.abendkasse.server.silence;

import java.util.Random;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What two halves of one kind of answers differ by, by chance alone: the A/A control's own interval. It leaves out as much as a run's
 * p-values may, corrected for their number in the same way.
 *
 * @param low where the interval of the difference of their medians begins, in microseconds
 * @param high and where it ends
 * @param guessed what 97.5 % of the guessers stay below, in percent
 */
record Noise(double low, double high, double guessed) {

    private static final int HALVINGS = 5000;

    /** @param level how seldom chance alone leads out of the interval */
    static Noise of(double[] oneKind, double level, Random random) {
        var differences = new double[HALVINGS];
        var guesses = new double[HALVINGS];
        for (int i = 0; i < HALVINGS; i++) {
            var halves = Timings.halves(oneKind, random);
            differences[i] = Comparison.difference(halves);
            guesses[i] = Guesser.share(halves, random);
        }
        var interval = Quantile.withDefaults().evaluate(differences, level / 2, 1 - level / 2);
        return new Noise(interval[0], interval[1], Quantile.withDefaults().evaluate(guesses, 0.975));
    }
}
