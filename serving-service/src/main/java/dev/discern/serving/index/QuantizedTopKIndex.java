package dev.discern.serving.index;

import dev.discern.common.vector.VectorKernels;

/**
 * Reads a byte a value where {@link ExactTopKIndex} reads a float, and gives the same answers to the bit: a score is computed from the
 * floats wherever its upper bound from the codes ({@link CodedScores}) exceeds the worst score of the list so far. That concerns some hundred
 * items of a million.
 */
public final class QuantizedTopKIndex extends ScanningIndex {

    private final VectorKernels kernels;
    private final ScoredItems items;
    private final ScanThreads threads;
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
        this.kernels = kernels;
        this.items = items;
        this.threads = threads;
        this.codes = codes;
        this.scores = new CodedScores(items, codes);
    }

    /** The same vectors, and their codes, scored in another way. */
    @SuppressWarnings("ReferenceEquality") // the same vectors, not equal ones
    public QuantizedTopKIndex scoring(ScoredItems others) {
        if (others.table() != items.table()) {
            throw new IllegalArgumentException("the codes are those of another table");
        }
        return new QuantizedTopKIndex(kernels, others, codes, threads);
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
