package dev.abendkasse.server.silence;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;

/**
 * How long the answers of two kinds took, in microseconds, in the order in which they came.
 *
 * @param first of the first kind
 * @param second of the second
 */
record Timings(double[] first, double[] second) {

    /** The first kind beside as many of the second. */
    Timings ofEqualSize(Random random) {
        return new Timings(first, halves(second, random).first);
    }

    /** Two halves of the second kind, which cannot differ but by chance. */
    Timings halvesOfSecond(Random random) {
        return halves(second, random);
    }

    static Timings halves(double[] oneKind, Random random) {
        var shuffled = Guesser.shuffled(oneKind, random);
        int middle = shuffled.length / 2;
        return new Timings(Arrays.copyOf(shuffled, middle), Arrays.copyOfRange(shuffled, middle, shuffled.length));
    }

    Timings and(Timings more) {
        return new Timings(joined(first, more.first), joined(second, more.second));
    }

    private static double[] joined(double[] some, double[] more) {
        return DoubleStream.concat(DoubleStream.of(some), DoubleStream.of(more)).toArray();
    }
}
