package dev.discern.common.data;

import java.util.Arrays;

/**
 * Training interactions per item, and which items are the long tail: those in the bottom 20 % of the catalogue by training
 * interactions (items tied with the last of them included).
 */
public final class Popularity {

    private static final double TAIL_SHARE = 0.2;

    /** So many users of an item, at most, tell a model next to nothing of it. */
    public static final int HARDLY_KNOWN = 4;

    private final int[] counts;
    private final int tailThreshold;

    private Popularity(int[] counts, int tailThreshold) {
        this.counts = counts;
        this.tailThreshold = tailThreshold;
    }

    public static Popularity of(InteractionMatrix train) {
        int[] counts = train.columnCounts();
        int[] sorted = counts.clone();
        Arrays.sort(sorted);
        int last = (int) Math.ceil(TAIL_SHARE * sorted.length) - 1;
        return new Popularity(counts, sorted.length == 0 ? 0 : sorted[Math.max(last, 0)]);
    }

    public int items() {
        return counts.length;
    }

    public int count(int itemIdx) {
        return counts[itemIdx];
    }

    /** The largest count that still belongs to the long tail. */
    public int tailThreshold() {
        return tailThreshold;
    }

    public boolean isTail(int itemIdx) {
        return counts[itemIdx] <= tailThreshold;
    }

    /**
     * Whether a model can hardly know an item from interactions: it has at most four, or belongs to the long tail. Where people are many
     * and items few, nothing has so few, and the least known ones are rare.
     */
    public boolean isRare(int itemIdx) {
        return counts[itemIdx] <= HARDLY_KNOWN || isTail(itemIdx);
    }

    public int tailItems() {
        return (int)
                Arrays.stream(counts).filter(count -> count <= tailThreshold).count();
    }

    /**
     * Log popularity {@code log(1 + count)} standardized over the catalogue (mean 0, variance 1; all zeros when every item is
     * equally popular): (items).
     */
    public float[] standardizedLog() {
        double[] log = Arrays.stream(counts).mapToDouble(Math::log1p).toArray();
        double mean = Arrays.stream(log).average().orElse(0);
        double variance =
                Arrays.stream(log).map(x -> (x - mean) * (x - mean)).average().orElse(0);
        double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
        float[] standardized = new float[log.length];
        for (int item = 0; item < log.length; item++) {
            standardized[item] = (float) ((log[item] - mean) * scale);
        }
        return standardized;
    }
}
