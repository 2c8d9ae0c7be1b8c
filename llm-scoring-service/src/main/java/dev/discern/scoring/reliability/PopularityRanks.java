package dev.discern.scoring.reliability;

import dev.discern.common.data.Popularity;
import java.util.Arrays;

/**
 * Popularity percentiles: the share of the catalogue with fewer training interactions, items with as many counting half, in
 * [0, 1].
 */
final class PopularityRanks {

    private final int[] sorted; // (items) training interactions, ascending

    private PopularityRanks(int[] sorted) {
        this.sorted = sorted;
    }

    static PopularityRanks of(Popularity popularity) {
        int[] counts = new int[popularity.items()];
        Arrays.setAll(counts, popularity::count);
        Arrays.sort(counts);
        return new PopularityRanks(counts);
    }

    double percentile(int count) {
        return (below(count) + below(count + 1)) / (2.0 * sorted.length);
    }

    /** How many items have fewer than {@code count}. */
    private int below(int count) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < count) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
