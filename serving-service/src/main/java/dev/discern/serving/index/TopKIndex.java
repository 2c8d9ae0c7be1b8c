package dev.discern.serving.index;

import java.util.function.IntPredicate;

/** Finds the items with the highest scores for a query vector. Implementations are immutable and may be shared by threads. */
public interface TopKIndex {

    /** A name for logs and reports, such as {@code exact}. */
    String name();

    /** How many items are searched. */
    int size();

    /** Length of a query. */
    int dim();

    /**
     * The best {@code k} of the allowed items. The filter works during the search: k answers come back whenever k are allowed.
     *
     * @param query (dim), finite
     * @param k at least 1; it may exceed the number of items
     * @param allowed asked only about items whose score would make the list, in any order
     * @throws IllegalArgumentException if the query has another length or k is not positive
     */
    TopK search(float[] query, int k, IntPredicate allowed);
}
