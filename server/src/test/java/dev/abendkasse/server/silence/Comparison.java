package dev.abendkasse.server.silence;

import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * How much the timing of two kinds of answers tells them apart.
 *
 * @param difference of their medians, in microseconds
 * @param low where the 95 % interval of the difference begins, by the bootstrap
 * @param high and where it ends
 * @param error the standard error of the difference, by the same
 * @param mannWhitney the p-value of that test
 * @param kolmogorovSmirnov the p-value of that one
 * @param guessed how many of a hundred are told rightly by a threshold that was learnt on the others
 */
record Comparison(
        int size,
        double difference,
        double low,
        double high,
        double error,
        double mannWhitney,
        double kolmogorovSmirnov,
        double guessed) {

    private static final int RESAMPLES = 2000;
    private static final Median MEDIAN = Median.withDefaults();

    static Comparison of(Timings timings, Random random) {
        var resampled = resampled(timings, random);
        var interval = Quantile.withDefaults().evaluate(resampled, 0.025, 0.975);
        return new Comparison(
                Math.min(timings.first().length, timings.second().length),
                difference(timings),
                interval[0],
                interval[1],
                deviation(resampled),
                MannWhitneyUTest.withDefaults()
                        .test(timings.first(), timings.second())
                        .getPValue(),
                KolmogorovSmirnovTest.withDefaults()
                        .test(timings.first(), timings.second())
                        .getPValue(),
                Guesser.share(timings, random));
    }

    static double difference(Timings timings) {
        return MEDIAN.evaluate(timings.first()) - MEDIAN.evaluate(timings.second());
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d each; medians differ by %.1f µs (95 %%: %.1f to %.1f, error %.1f); p %.3g (Mann-Whitney), %.3g"
                        + " (Kolmogorov-Smirnov); %.2f %% guessed",
                size,
                difference,
                low,
                high,
                error,
                mannWhitney,
                kolmogorovSmirnov,
                guessed);
    }

    private static double[] resampled(Timings timings, Random random) {
        var differences = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            differences[i] =
                    MEDIAN.evaluate(drawn(timings.first(), random)) - MEDIAN.evaluate(drawn(timings.second(), random));
        }
        return differences;
    }

    private static double[] drawn(double[] values, Random random) {
        var drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        return drawn;
    }

    private static double deviation(double[] values) {
        return StandardDeviation.of(values).getAsDouble();
    }
}
