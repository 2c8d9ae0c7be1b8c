package dev.discern.serving.recommend;

import org.jspecify.annotations.Nullable;

/**
 * Moves items up or down in one answer.
 *
 * @param category whose items; null where it is one item
 * @param itemId which item; null where it is a category
 * @param weight added to their scores, in standard deviations of the scores of the items in question: 1 is noticeable, 3 is strong
 */
public record Boost(@Nullable String category, @Nullable String itemId, double weight) {

    /** Further than this makes no difference any more. */
    public static final double MAX_WEIGHT = 10;

    public Boost {
        if ((category == null) == (itemId == null)) {
            throw new IllegalArgumentException("a boost needs a category or an itemId, and not both");
        }
        if (!(Math.abs(weight) <= MAX_WEIGHT)) {
            throw new IllegalArgumentException("weight must be in [-10, 10], not " + weight);
        }
    }
}
