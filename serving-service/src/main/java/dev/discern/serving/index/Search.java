package dev.discern.serving.index;

/**
 * What is searched for.
 *
 * @param query (dim), finite
 * @param k how many items, at least 1; it may exceed the number of items
 * @param allowed which items may be found
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one request; it is never compared
public record Search(float[] query, int k, ItemMask allowed) {

    /**
     * This search.
     *
     * @throws IllegalArgumentException if an index of so many dimensions cannot make it
     */
    Search requireShape(int dim) {
        if (query.length != dim) {
            throw new IllegalArgumentException(
                    "expected a query of %d dimensions, got %d".formatted(dim, query.length));
        }
        if (k < 1) {
            throw new IllegalArgumentException("expected k of at least 1, got " + k);
        }
        return this;
    }
}
