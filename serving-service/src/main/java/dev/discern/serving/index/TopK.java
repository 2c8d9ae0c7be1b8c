package dev.discern.serving.index;

/**
 * Items in descending order of score; equal scores in ascending order of index.
 *
 * @param items dense item indices
 * @param scores theirs, as long as {@code items}
 */
@SuppressWarnings("ArrayRecordComponent") // an answer on its way out; it is never compared
public record TopK(int[] items, float[] scores) {

    /** How many there are: as many as were asked for, or fewer when no more are allowed. */
    public int size() {
        return items.length;
    }
}
