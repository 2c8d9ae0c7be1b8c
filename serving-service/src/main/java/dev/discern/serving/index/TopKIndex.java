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
     * @throws IllegalArgumentException if the query has another length or k is not positive
     */
    TopK search(Search search);

    /** The same, from its parts. */
    default TopK search(float[] query, int k, ItemMask allowed) {
        return search(new Search(query, k, allowed));
    }

    /**
     * The answers to several searches, each the same as if it were made alone.
     *
     * @throws IllegalArgumentException if a query has another length or a k is not positive
     */
    List<TopK> search(List<Search> searches);
}
