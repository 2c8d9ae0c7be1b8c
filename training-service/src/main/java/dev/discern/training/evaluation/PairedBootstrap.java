package dev.discern.training.evaluation;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Paired bootstrap over users (Efron and Tibshirani, 1993, ch. 13): users are drawn with replacement, the mean difference of two
 * models is taken on each resample, and the 2.5 % and 97.5 % quantiles are the interval. All comparisons see the same resamples.
 *
 * <p>The mean of a difference is the difference of means, so each model is summed once however many it is compared with; and
 * users stand in order of the slices that they belong to, so that one pass sums all slices.
 */
final class PairedBootstrap {

    private static final int RESAMPLES = 1_000;

    /** Kernels sum in floats: longer sums would lose digits that small differences need. */
    private static final int FLOAT_SUM = 1_024;

    /** The mean difference and its 95 % interval. */
    record Interval(double difference, double low, double high) {}

    /** Two of the models that are compared, a minus b. */
    record Pair(int a, int b) {}

    private final VectorKernels kernels = Kernels.best();
    private final int users;
    private final Seeds seeds;

    PairedBootstrap(int users, long seed) {
        this.users = users;
        this.seeds = new Seeds(seed);
    }

    /**
     * Intervals for each pair in each slice.
     *
     * @param values (users) each: a metric of one model
     * @param pairs places in {@code values}
     * @return [pair][slice]; zeros for a slice without users
     */
    Interval[][] intervals(List<float[]> values, List<Pair> pairs, List<Slice> slices) {
        double[][][] means = means(values, slices);
        Interval[][] intervals = new Interval[pairs.size()][slices.size()];
        IntStream.range(0, pairs.size()).parallel().forEach(p -> {
            Pair pair = pairs.get(p);
            for (int s = 0; s < slices.size(); s++) {
                double[] sorted = new double[RESAMPLES];
                for (int resample = 0; resample < RESAMPLES; resample++) {
                    sorted[resample] = means[pair.a][s][resample] - means[pair.b][s][resample];
                }
                Arrays.sort(sorted);
                intervals[p][s] = new Interval(
                        difference(values.get(pair.a), values.get(pair.b), slices.get(s)),
                        sorted[(int) (0.025 * RESAMPLES)],
                        sorted[(int) (0.975 * RESAMPLES) - 1]);
            }
        });
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
        float[] none = new float[difference.length];
        double[] mean = new double[slices.size()];
        double[] error = new double[slices.size()];
        double[] largest = new double[RESAMPLES];
        for (int s = 0; s < slices.size(); s++) {
            mean[s] = difference(difference, none, slices.get(s));
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

    /** The mean of each metric in each slice of each resample: [value][slice][resample]. */
    private double[][][] means(List<float[]> values, List<Slice> slices) {
        Groups groups = Groups.of(users, slices);
        List<float[]> grouped = values.stream().map(groups::order).toList();
        double[][][] means = new double[values.size()][slices.size()][RESAMPLES];
        IntStream.range(0, RESAMPLES).parallel().forEach(resample -> {
            float[] weight = groups.order(draw(resample));
            double[] weights = groups.sums(slices, chunk -> sum(weight, chunk.from(), chunk.to()));
            for (int v = 0; v < means.length; v++) {
                float[] of = grouped.get(v);
                double[] sums = groups.sums(
                        slices,
                        chunk -> kernels.dot(of, chunk.from(), weight, chunk.from(), chunk.to() - chunk.from()));
                for (int s = 0; s < sums.length; s++) {
                    means[v][s][resample] = weights[s] == 0 ? 0 : sums[s] / weights[s];
                }
            }
        });
        return means;
    }

    /** Users of the same slices stand together. */
    @SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
    private record Groups(int[] user, List<Chunk> chunks) {

        /** Neighbouring places of users who belong to the same slices. */
        record Chunk(int from, int to, long slices) {}

        static Groups of(int users, List<Slice> slices) {
            long[] of = new long[users]; // bit s: belongs to slice s
            for (int s = 0; s < slices.size(); s++) {
                for (int n = 0; n < users; n++) {
                    of[n] |= slices.get(s).member()[n] ? 1L << s : 0;
                }
            }
            int[] user = IntStream.range(0, users)
                    .boxed()
                    .sorted(Comparator.comparingLong(n -> of[n]))
                    .mapToInt(n -> n)
                    .toArray();
            List<Chunk> chunks = new ArrayList<>();
            int from = 0;
            for (int to = 1; to <= users; to++) {
                if (to == users || to - from == FLOAT_SUM || of[user[to]] != of[user[from]]) {
                    chunks.add(new Chunk(from, to, of[user[from]]));
                    from = to;
                }
            }
            return new Groups(user, chunks);
        }

        float[] order(float[] values) {
            float[] ordered = new float[values.length];
            for (int place = 0; place < ordered.length; place++) {
                ordered[place] = values[user[place]];
            }
            return ordered;
        }

        /** (slices) the sum over the users of each. */
        double[] sums(List<Slice> slices, ToDoubleFunction<Chunk> sum) {
            double[] sums = new double[slices.size()];
            for (Chunk chunk : chunks) {
                double of = sum.applyAsDouble(chunk);
                for (int s = 0; s < sums.length; s++) {
                    sums[s] += (chunk.slices >> s & 1) == 0 ? 0 : of;
                }
            }
            return sums;
        }
    }

    /** How often each user was drawn: (users), summing to users. */
    private float[] draw(int resample) {
        SplittableRandom random = seeds.random("bootstrap", resample);
        float[] weight = new float[users];
        for (int n = 0; n < users; n++) {
            weight[random.nextInt(users)]++;
        }
        return weight;
    }

    private static double sum(float[] values, int from, int to) {
        double sum = 0;
        for (int n = from; n < to; n++) {
            sum += values[n];
        }
        return sum;
    }

    private static double difference(float[] a, float[] b, Slice slice) {
        double sum = 0;
        for (int n = 0; n < a.length; n++) {
            sum += slice.member()[n] ? a[n] - b[n] : 0;
        }
        return slice.users() == 0 ? 0 : sum / slice.users();
    }
}
