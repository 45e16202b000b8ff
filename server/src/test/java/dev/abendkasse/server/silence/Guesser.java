package dev.abendkasse.server.silence;

import java.util.Arrays;
import java.util.Random;

/** Somebody who has seen many answers of both kinds, has chosen the threshold that parts them best, and now guesses. */
final class Guesser {

    private static final double PERCENT = 100;

    private final double threshold;
    private final boolean firstIsLonger;

    private Guesser(double threshold, boolean firstIsLonger) {
        this.threshold = threshold;
        this.firstIsLonger = firstIsLonger;
    }

    /** How many of a hundred are guessed rightly that were not learnt from; each half is learnt from once. */
    static double share(Timings timings, Random random) {
        var first = shuffled(timings.first(), random);
        var second = shuffled(timings.second(), random);
        var one = new Timings(half(first, true), half(second, true));
        var other = new Timings(half(first, false), half(second, false));
        return (learnt(one).right(other) + learnt(other).right(one)) / 2 * PERCENT;
    }

    /** Tries every threshold in both directions. */
    private static Guesser learnt(Timings timings) {
        var first = sorted(timings.first());
        var second = sorted(timings.second());
        var best = new Guesser(0, true);
        double most = -1;
        for (int i = 0, j = 0; i < first.length && j < second.length; ) {
            double candidate = first[i] <= second[j] ? first[i++] : second[j++];
            double apart = (double) i / first.length - (double) j / second.length;
            if (Math.abs(apart) > most) {
                most = Math.abs(apart);
                best = new Guesser(candidate, apart < 0);
            }
        }
        return best;
    }

    /** The mean of both kinds, so that their numbers do not matter. */
    private double right(Timings timings) {
        double longerOfFirst = longer(timings.first());
        double longerOfSecond = longer(timings.second());
        return (1 + (firstIsLonger ? longerOfFirst - longerOfSecond : longerOfSecond - longerOfFirst)) / 2;
    }

    private double longer(double[] values) {
        return (double) Arrays.stream(values).filter(value -> value > threshold).count() / values.length;
    }

    private static double[] half(double[] values, boolean begin) {
        int middle = values.length / 2;
        return begin ? Arrays.copyOf(values, middle) : Arrays.copyOfRange(values, middle, values.length);
    }

    private static double[] sorted(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    static double[] shuffled(double[] values, Random random) {
        var shuffled = values.clone();
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double kept = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = kept;
        }
        return shuffled;
    }
}
