package dev.abendkasse.server.blacklist.silence;

import java.util.Random;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What two halves of one kind of answers differ by, by chance alone: the A/A control's own interval.
 *
 * @param low where the 95 % interval of the difference of their medians begins, in microseconds
 * @param high and where it ends
 * @param guessed what 97.5 % of the guessers stay below, in percent
 */
record Noise(double low, double high, double guessed) {

    private static final int HALVINGS = 1000;

    static Noise of(double[] oneKind, Random random) {
        var differences = new double[HALVINGS];
        var guesses = new double[HALVINGS];
        for (int i = 0; i < HALVINGS; i++) {
            var halves = new Timings(new double[0], Guesser.shuffled(oneKind, random)).halvesOfSecond();
            differences[i] = Comparison.difference(halves);
            guesses[i] = Guesser.share(halves, random);
        }
        var interval = Quantile.withDefaults().evaluate(differences, 0.025, 0.975);
        return new Noise(interval[0], interval[1], Quantile.withDefaults().evaluate(guesses, 0.975));
    }
}
