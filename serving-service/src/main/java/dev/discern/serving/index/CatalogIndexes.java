package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.ScalarKernels;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The indexes of a catalog, over one table of vectors.
 *
 * @param byScore for a user's vector
 * @param byCosine for an item's vector of length one
 */
public record CatalogIndexes(TopKIndex byScore, TopKIndex byCosine) {

    /** Smaller catalogs are searched in microseconds either way. */
    private static final int WORTH_CODES = 1024;

    /** As long as a processor's cache holds the codes, reading them once for many saves less than waiting costs. */
    private static final long WORTH_WAITING = 32L << 20; // bytes

    /**
     * Those that suit the catalog's size and this machine.
     *
     * @param bias (items)
     * @param threads that a search may use
     * @param approximateAbove how many items are searched by score without looking at each; 0 for any number
     */
    public static CatalogIndexes of(
            VectorKernels kernels, EmbeddingTable table, float[] bias, ScanThreads threads, int approximateAbove) {
        CatalogIndexes exact = exact(kernels, table, bias, threads);
        if (approximateAbove == 0 || table.rows() <= approximateAbove) {
            return exact;
        }
        return new CatalogIndexes(
                new GraphTopKIndex(kernels, ScoredItems.byDot(table, bias), exact.byScore()), exact.byCosine());
    }

    /**
     * Exact, for vectors of length one.
     *
     * @param threads that a search may use
     */
    public static TopKIndex byCosine(VectorKernels kernels, EmbeddingTable table, ScanThreads threads) {
        ScoredItems items = ScoredItems.byCosine(table);
        return isWorthCodes(kernels, table)
                ? combining(new QuantizedTopKIndex(kernels, items, threads))
                : new ExactTopKIndex(kernels, items, threads);
    }

    /** Scalar kernels sum a product of codes no faster than one of floats. */
    private static boolean isWorthCodes(VectorKernels kernels, EmbeddingTable table) {
        return table.rows() >= WORTH_CODES && !(kernels instanceof ScalarKernels) && ItemCodes.fit(table);
    }

    private static CatalogIndexes exact(
            VectorKernels kernels, EmbeddingTable table, float[] bias, ScanThreads threads) {
        ScoredItems byDot = ScoredItems.byDot(table, bias);
        if (!isWorthCodes(kernels, table)) {
            return new CatalogIndexes(
                    new ExactTopKIndex(kernels, byDot, threads),
                    new ExactTopKIndex(kernels, ScoredItems.byCosine(table), threads));
        }
        QuantizedTopKIndex index = new QuantizedTopKIndex(kernels, byDot, threads);
        return new CatalogIndexes(combining(index), combining(index.byCosine()));
    }

    /** One half of the processors may search; the other has what else a request takes. */
    private static TopKIndex combining(TopKIndex index) {
        int searching = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return (long) index.size() * index.dim() < WORTH_WAITING ? index : new CombiningIndex(index, searching);
    }

    /**
     * The share of the best {@code k} that {@link #byScore} finds for these queries; empty where it finds all by its nature, and without a
     * query.
     */
    public OptionalDouble recall(List<float[]> queries, int k) {
        if (!(byScore instanceof GraphTopKIndex graph) || queries.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Search> searches = queries.stream()
                .map(query -> new Search(query, k, ItemMask.ALL))
                .toList();
        List<TopK> expected = graph.exact().search(searches);
        List<TopK> found = graph.search(searches);
        long best = 0;
        long hits = 0;
        for (int n = 0; n < queries.size(); n++) {
            int[] items = found.get(n).items();
            best += expected.get(n).size();
            hits += Arrays.stream(expected.get(n).items())
                    .filter(item -> Arrays.stream(items).anyMatch(other -> other == item))
                    .count();
        }
        return OptionalDouble.of((double) hits / best);
    }
}
