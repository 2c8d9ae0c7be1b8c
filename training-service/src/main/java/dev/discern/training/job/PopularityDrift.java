package dev.discern.training.job;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How far newer interactions have moved away from those that a model was trained on, as the population stability index of the items'
 * popularity:
 *
 * <pre>  PSI = Σ_b (a_b − e_b) · ln( a_b / e_b )</pre>
 *
 * with {@code e_b} the share of the earlier and {@code a_b} that of the newer interactions in bucket {@code b} (Siddiqi, Credit Risk
 * Scorecards, 2006; it is the symmetric divergence of Kullback and Leibler, 1951). The buckets are the deciles of the items that had
 * interactions, from the least to the most popular, and one more for items that had none: new ones. A share below
 * {@value #LEAST_SHARE} counts as that, or an empty bucket would weigh infinitely. PSI is at least 0; below 0.1 is commonly read as no change,
 * above 0.2 as one to act upon. Without any change its mean is about {@code (buckets − 1) · (1 / earlier + 1 / newer)}, which is why
 * few newer interactions say nothing.
 */
final class PopularityDrift {

    /** Where newer interactions begin to say something: 11 buckets then make 0.02 of chance. */
    static final int LEAST_EVENTS = 500;

    private static final int DECILES = 10;
    private static final double LEAST_SHARE = 1e-4;

    private PopularityDrift() {}

    /**
     * The index.
     *
     * @param earlier (items) interactions until the training
     * @param newer (items) interactions since then, of the same items
     */
    static double psi(long[] earlier, long[] newer) {
        int[] known = IntStream.range(0, earlier.length)
                .filter(item -> earlier[item] > 0)
                .boxed()
                .sorted(Comparator.comparingLong(item -> earlier[item]))
                .mapToInt(item -> item)
                .toArray();
        int[] bucket = new int[earlier.length];
        Arrays.fill(bucket, DECILES);
        for (int place = 0; place < known.length; place++) {
            bucket[known[place]] = (int) ((long) place * DECILES / known.length);
        }
        double[] expected = shares(earlier, bucket);
        double[] actual = shares(newer, bucket);
        double psi = 0;
        for (int b = 0; b <= DECILES; b++) {
            double e = Math.max(expected[b], LEAST_SHARE);
            double a = Math.max(actual[b], LEAST_SHARE);
            psi += (a - e) * Math.log(a / e);
        }
        return psi;
    }

    private static double[] shares(long[] counts, int[] bucket) {
        double[] shares = new double[DECILES + 1];
        double total = Math.max(1, Arrays.stream(counts).sum());
        for (int item = 0; item < counts.length; item++) {
            shares[bucket[item]] += counts[item] / total;
        }
        return shares;
    }
}
