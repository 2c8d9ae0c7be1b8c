package dev.discern.scoring.published;

import java.util.Arrays;

/**
 * The best few of many scored items. Of two with equal scores the one with the lower index is better; a score that is no number
 * is worse than any. Meant for tens to hundreds: an item that enters is sorted in by insertion.
 */
public final class BestItems {

    private final int[] items; // (limit) best first
    private final float[] scores; // (limit)
    private int size;

    public BestItems(int limit) {
        this.items = new int[limit];
        this.scores = new float[limit];
    }

    /** Whether an item of this score would be kept; asked before what costs more, such as whether it may be kept. */
    public boolean wouldKeep(int item, float score) {
        return size < items.length
                || (size > 0 && isBetter(item, comparable(score), items[size - 1], scores[size - 1]));
    }

    /** Keeps an item if it is among the best so far. */
    public void add(int item, float score) {
        if (!wouldKeep(item, score)) {
            return;
        }
        float mine = comparable(score);
        int place = size < items.length ? size++ : size - 1;
        while (place > 0 && isBetter(item, mine, items[place - 1], scores[place - 1])) {
            items[place] = items[place - 1];
            scores[place] = scores[place - 1];
            place--;
        }
        items[place] = item;
        scores[place] = mine;
    }

    /** What was kept, best first. */
    public int[] items() {
        return Arrays.copyOf(items, size);
    }

    private static float comparable(float score) {
        return Float.isNaN(score) ? Float.NEGATIVE_INFINITY : score;
    }

    private static boolean isBetter(int item, float score, int otherItem, float otherScore) {
        return score > otherScore || (score == otherScore && item < otherItem);
    }
}
