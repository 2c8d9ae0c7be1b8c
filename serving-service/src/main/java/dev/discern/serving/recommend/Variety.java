package dev.discern.serving.recommend;

import org.jspecify.annotations.Nullable;

/**
 * How unlike each other the items of an answer shall be.
 *
 * @param diversity 0 for the best items, 1 for those least like each other
 * @param maxPerCategory how many items may have the same category; null for any number
 * @param minLongTail the share of items that few have touched, at least, as far as there are some; in [0, 1]
 */
public record Variety(double diversity, @Nullable Integer maxPerCategory, double minLongTail) {

    /** The best items, whatever they are. */
    public static final Variety NONE = new Variety(0, null, 0);

    /** What somebody of whom nothing is known gets unless the caller wishes otherwise: what is popular, but not ten of one kind. */
    static final Variety OF_POPULAR = new Variety(0.3, null, 0);

    public Variety {
        if (!(diversity >= 0 && diversity <= 1)) {
            throw new IllegalArgumentException("diversity must be in [0, 1], not " + diversity);
        }
        if (!(minLongTail >= 0 && minLongTail <= 1)) {
            throw new IllegalArgumentException("minLongTail must be in [0, 1], not " + minLongTail);
        }
        if (maxPerCategory != null && maxPerCategory < 1) {
            throw new IllegalArgumentException("maxPerCategory must be 1 at least, not " + maxPerCategory);
        }
    }

    /** Whether any item may follow any other. */
    boolean isNone() {
        return diversity == 0 && maxPerCategory == null && minLongTail == 0;
    }
}
