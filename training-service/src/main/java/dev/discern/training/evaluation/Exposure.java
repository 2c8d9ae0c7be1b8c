package dev.discern.training.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import java.util.Arrays;

/**
 * What a model's top-10 lists show.
 *
 * @param coverage share of the catalogue that is in somebody's list
 * @param gini inequality of how often items are shown, over the whole catalogue: 0 for all alike, near 1 for a few everywhere
 * @param popularityPercentile mean popularity percentile, in [0, 1], of what is shown (ties at the middle of their ranks)
 * @param popularityLift that minus the mean percentile, mean over the same users, of what they had themselves: above 0 for lists
 *     more popular than their readers' taste (after Abdollahpouri et al., The Unfairness of Popularity Bias in Recommendation, 2019)
 */
public record Exposure(
        @JsonProperty("coverage") double coverage,
        @JsonProperty("gini") double gini,
        @JsonProperty("popularityPercentile") double popularityPercentile,
        @JsonProperty("popularityLift") double popularityLift) {

    /**
     * The exposure of lists.
     *
     * @param lists (n) of the task's users
     * @param task whose users' items at that time are compared with
     */
    static Exposure of(int[][] lists, Task task, Popularity popularity) {
        long[] shown = new long[popularity.items()];
        for (int[] list : lists) {
            for (int item : list) {
                shown[item]++;
            }
        }
        double[] percentile = percentiles(popularity);
        double sum = 0;
        long total = 0;
        int covered = 0;
        for (int item = 0; item < shown.length; item++) {
            sum += shown[item] * percentile[item];
            total += shown[item];
            covered += shown[item] > 0 ? 1 : 0;
        }
        return total == 0
                ? new Exposure(0, 0, 0, 0)
                : new Exposure(
                        (double) covered / shown.length,
                        gini(shown, total),
                        sum / total,
                        sum / total - ownPercentile(task, percentile));
    }

    /** The mean over users of the mean percentile of their items, each user counting once, as each has one list. */
    private static double ownPercentile(Task task, double[] percentile) {
        double means = 0;
        for (int n = 0; n < task.size(); n++) {
            int user = task.users()[n];
            double sum = task.alsoKnown()[user] == TemporalSplit.NONE ? 0 : percentile[task.alsoKnown()[user]];
            for (int at = task.train().rowStart()[user]; at < task.train().rowStart()[user + 1]; at++) {
                sum += percentile[task.train().columns()[at]];
            }
            means += sum / task.ownItems(n);
        }
        return means / task.size();
    }

    private static double gini(long[] shown, long total) {
        long[] sorted = shown.clone();
        Arrays.sort(sorted);
        double weighted = 0;
        for (int k = 0; k < sorted.length; k++) {
            weighted += (2.0 * (k + 1) - sorted.length - 1) * sorted[k];
        }
        return weighted / ((double) sorted.length * total);
    }

    private static double[] percentiles(Popularity popularity) {
        int[] sorted = new int[popularity.items()];
        for (int item = 0; item < sorted.length; item++) {
            sorted[item] = popularity.count(item);
        }
        Arrays.sort(sorted);
        double[] percentile = new double[sorted.length];
        for (int item = 0; item < sorted.length; item++) {
            int below = firstNotBelow(sorted, popularity.count(item));
            int notAbove = firstNotBelow(sorted, popularity.count(item) + 1);
            percentile[item] = (below + notAbove) / 2.0 / sorted.length;
        }
        return percentile;
    }

    private static int firstNotBelow(int[] sorted, int value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
