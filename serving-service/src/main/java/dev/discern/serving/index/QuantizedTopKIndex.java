package dev.discern.serving.index;

import dev.discern.common.vector.VectorKernels;

/**
 * Reads a byte a value where {@link ExactTopKIndex} reads a float, and gives the same answers to the bit: an item is scored from the floats
 * unless its bounds from the codes ({@link CodedScores}) show that k others are better. That leaves some dozen of a million.
 */
public final class QuantizedTopKIndex extends ScanningIndex {

    private final ItemCodes codes;
    private final CodedScores scores;

    /**
     * An index over these items; it makes their codes.
     *
     * @param threads that a search may use
     */
    public QuantizedTopKIndex(VectorKernels kernels, ScoredItems items, ScanThreads threads) {
        this(kernels, items, ItemCodes.of(items.table()), threads);
    }

    private QuantizedTopKIndex(VectorKernels kernels, ScoredItems items, ItemCodes codes, ScanThreads threads) {
        super(kernels, items, Byte.BYTES, threads);
        this.codes = codes;
        this.scores = new CodedScores(items, codes);
    }

    /** An index over the same vectors and their codes, for queries of length one. */
    public QuantizedTopKIndex byCosine() {
        return new QuantizedTopKIndex(kernels, ScoredItems.byCosine(items.table()), codes, threads);
    }

    @Override
    public String name() {
        return "int8";
    }

    @Override
    Scan scan(Search search) {
        return new CodedScan(kernels, scores, new ExactScores(kernels, items, search.query()), search);
    }
}
