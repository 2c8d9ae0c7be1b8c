package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.ScalarKernels;
import dev.discern.common.vector.VectorKernels;

/**
 * The indexes of a catalog, over one table of vectors.
 *
 * @param byScore for a user's vector
 * @param byCosine for an item's vector of length one
 */
public record CatalogIndexes(TopKIndex byScore, TopKIndex byCosine) {

    /** Smaller catalogs are searched in microseconds either way. */
    private static final int WORTH_CODES = 1024;

    /**
     * Those that suit the catalog's size and this machine.
     *
     * @param bias (items)
     * @param threads that a search may use
     */
    public static CatalogIndexes of(VectorKernels kernels, EmbeddingTable table, float[] bias, ScanThreads threads) {
        ScoredItems byDot = ScoredItems.byDot(table, bias);
        ScoredItems byCosine = ScoredItems.byCosine(table);
        // Scalar kernels sum a product of codes no faster than one of floats.
        if (table.rows() < WORTH_CODES || kernels instanceof ScalarKernels || !ItemCodes.fit(table)) {
            return new CatalogIndexes(
                    new ExactTopKIndex(kernels, byDot, threads), new ExactTopKIndex(kernels, byCosine, threads));
        }
        QuantizedTopKIndex index = new QuantizedTopKIndex(kernels, byDot, threads);
        return new CatalogIndexes(index, index.scoring(byCosine));
    }
}
