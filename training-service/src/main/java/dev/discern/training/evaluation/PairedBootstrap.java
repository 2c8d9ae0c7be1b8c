package dev.discern.training.evaluation;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Paired bootstrap over users (Efron and Tibshirani, 1993, ch. 13): users are drawn with replacement, the mean difference of two
 * models is taken on each resample, and the 2.5 % and 97.5 % quantiles are the interval. All comparisons see the same resamples.
 */
final class PairedBootstrap {

    private static final int RESAMPLES = 1_000;

    /** The mean difference and its 95 % interval. */
    record Interval(double difference, double low, double high) {}

    private final int users;
    private final Seeds seeds;

    PairedBootstrap(int users, long seed) {
        this.users = users;
        this.seeds = new Seeds(seed);
    }

    /**
     * Intervals for each difference in each slice.
     *
     * @param differences each (users): metric of one model minus the same metric of the other
     * @return [difference][slice]; zeros for a slice without users
     */
    Interval[][] intervals(List<float[]> differences, List<Slice> slices) {
        double[][][] means = new double[differences.size()][slices.size()][RESAMPLES];
        IntStream.range(0, RESAMPLES).parallel().forEach(resample -> {
            int[] weight = draw(resample);
            for (int s = 0; s < slices.size(); s++) {
                float[] sliceWeight = new float[users];
                double total = 0;
                for (int n = 0; n < users; n++) {
                    sliceWeight[n] = slices.get(s).member()[n] ? weight[n] : 0;
                    total += sliceWeight[n];
                }
                for (int d = 0; d < means.length; d++) {
                    means[d][s][resample] = total == 0 ? 0 : dot(differences.get(d), sliceWeight) / total;
                }
            }
        });
        Interval[][] intervals = new Interval[differences.size()][slices.size()];
        for (int d = 0; d < means.length; d++) {
            for (int s = 0; s < slices.size(); s++) {
                double[] sorted = means[d][s];
                Arrays.sort(sorted);
                intervals[d][s] = new Interval(
                        mean(differences.get(d), slices.get(s)),
                        sorted[(int) (0.025 * RESAMPLES)],
                        sorted[(int) (0.975 * RESAMPLES) - 1]);
            }
        }
        return intervals;
    }

    /** How often each user was drawn: (users), summing to users. */
    private int[] draw(int resample) {
        SplittableRandom random = seeds.random("bootstrap", resample);
        int[] weight = new int[users];
        for (int n = 0; n < users; n++) {
            weight[random.nextInt(users)]++;
        }
        return weight;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += a[n] * b[n];
        }
        return sum;
    }

    private static double mean(float[] difference, Slice slice) {
        double sum = 0;
        for (int n = 0; n < difference.length; n++) {
            sum += slice.member()[n] ? difference[n] : 0;
        }
        return slice.users() == 0 ? 0 : sum / slice.users();
    }
}
