package dev.discern.serving.index;

import java.util.List;

/** Finds the items with the highest scores for a query vector. Implementations are immutable and may be shared by threads. */
public interface TopKIndex {

    /** A name for logs and reports, such as {@code exact}. */
    String name();

    /** How many items are searched. */
    int size();

    /** Length of a query. */
    int dim();

    /**
     * The best {@code k} of the allowed items. The mask works during the search: k answers come back whenever k are allowed.
     *
     * @param query (dim), finite
     * @param k at least 1; it may exceed the number of items
     * @throws IllegalArgumentException if the query has another length or k is not positive
     */
    TopK search(float[] query, int k, ItemMask allowed);

    /**
     * The answers to several queries, each the same as if it were asked alone.
     *
     * @param queries each (dim), finite
     * @param allowed a mask for each
     * @throws IllegalArgumentException if a query has another length, masks are missing or k is not positive
     */
    List<TopK> search(List<float[]> queries, int k, List<? extends ItemMask> allowed);
}
