package dev.discern.training.evaluation;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
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

    private final VectorKernels kernels = Kernels.best();
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
        double[][][] means = means(differences, slices);
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

    /**
     * Intervals that hold in all slices at once with 95 %: mean ± c · se, with se the standard deviation of the resampled means and c
     * the 95 % quantile over resamples of the largest {@code |resampled mean − mean| / se} of all slices (the studentized maximum;
     * Romano and Wolf, 2005). One slice of many is then not taken for worse because there are many.
     *
     * @param difference (users)
     * @return [slice]; without width for a slice whose resampled means are all alike
     */
    Interval[] simultaneous(float[] difference, List<Slice> slices) {
        double[][] means = means(List.of(difference), slices)[0];
        double[] mean = new double[slices.size()];
        double[] error = new double[slices.size()];
        double[] largest = new double[RESAMPLES];
        for (int s = 0; s < slices.size(); s++) {
            mean[s] = mean(difference, slices.get(s));
            error[s] = deviation(means[s]);
            for (int r = 0; r < RESAMPLES && error[s] > 0; r++) {
                largest[r] = Math.max(largest[r], Math.abs(means[s][r] - mean[s]) / error[s]);
            }
        }
        Arrays.sort(largest);
        double critical = largest[(int) (0.95 * RESAMPLES) - 1];
        Interval[] intervals = new Interval[slices.size()];
        for (int s = 0; s < intervals.length; s++) {
            intervals[s] = new Interval(mean[s], mean[s] - critical * error[s], mean[s] + critical * error[s]);
        }
        return intervals;
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double square = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        return Math.sqrt(square / (values.length - 1));
    }

    /** [difference][slice][resample]. */
    private double[][][] means(List<float[]> differences, List<Slice> slices) {
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
                    means[d][s][resample] =
                            total == 0 ? 0 : kernels.dot(differences.get(d), 0, sliceWeight, 0, users) / total;
                }
            }
        });
        return means;
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

    private static double mean(float[] difference, Slice slice) {
        double sum = 0;
        for (int n = 0; n < difference.length; n++) {
            sum += slice.member()[n] ? difference[n] : 0;
        }
        return slice.users() == 0 ? 0 : sum / slice.users();
    }
}
