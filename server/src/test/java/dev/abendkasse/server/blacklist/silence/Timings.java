package dev.abendkasse.server.blacklist.silence;

import java.util.stream.DoubleStream;

/**
 * How long the answers of two kinds took, in microseconds, in the order in which they came.
 *
 * @param first of the first kind
 * @param second of the second
 */
record Timings(double[] first, double[] second) {

    /** Two halves of the second kind, which cannot differ: each second one to the other half. */
    Timings halvesOfSecond() {
        return new Timings(every(second, 0), every(second, 1));
    }

    Timings and(Timings more) {
        return new Timings(joined(first, more.first), joined(second, more.second));
    }

    private static double[] every(double[] values, int offset) {
        int count = (values.length - offset + 1) / 2;
        var half = new double[count];
        for (int i = 0; i < count; i++) {
            half[i] = values[2 * i + offset];
        }
        return half;
    }

    private static double[] joined(double[] some, double[] more) {
        return DoubleStream.concat(DoubleStream.of(some), DoubleStream.of(more)).toArray();
    }
}
