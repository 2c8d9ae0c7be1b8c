package dev.discern.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Runs a contender and its reference in turns, so that what else the machine does meets both alike. Which of them goes first
 * changes with each round; the first rounds warm up and do not count.
 *
 * @param rounds measured ones, at least 1
 */
record Turns(int rounds) {

    static final int WARM_UP_ROUNDS = 4;

    /** The medians of what the two returned. */
    record Medians(double contender, double reference) {}

    /** Both return a rate: how much a second. */
    Medians run(DoubleSupplier contender, DoubleSupplier reference) {
        double[] contenders = new double[rounds];
        double[] references = new double[rounds];
        for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
            boolean contenderFirst = (round & 1) == 0;
            double first = (contenderFirst ? contender : reference).getAsDouble();
            double second = (contenderFirst ? reference : contender).getAsDouble();
            if (round >= 0) {
                contenders[round] = contenderFirst ? first : second;
                references[round] = contenderFirst ? second : first;
            }
        }
        return new Medians(median(contenders), median(references));
    }

    /** Runs a task; returns {@code amount} divided by the seconds that it took. */
    static double rate(double amount, Runnable task) {
        long start = System.nanoTime();
        task.run();
        return amount * 1e9 / (System.nanoTime() - start);
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
