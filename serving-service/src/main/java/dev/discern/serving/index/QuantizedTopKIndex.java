package dev.discern.serving.index;

import dev.discern.common.vector.VectorKernels;

/**
 * Reads a byte a value where {@link ExactTopKIndex} reads a float, and gives the same answers to the bit: a score is computed from the
 * floats wherever its upper bound from the codes ({@link CodedScores}) exceeds the worst score of the list so far. That concerns some hundred
 * items of a million.
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
    Sieve sieve(float[] query) {
        return scores.sieve(kernels, QueryCodes.of(query));
    }
}
