package dev.discern.serving.index;

import dev.discern.common.vector.VectorKernels;

/** Scores every item that the mask allows, in floats: the reference for others, and as fast as any while the items fit a cache. */
public final class ExactTopKIndex extends ScanningIndex {

    /**
     * An index over these items.
     *
     * @param threads that a search may use
     */
    public ExactTopKIndex(VectorKernels kernels, ScoredItems items, ScanThreads threads) {
        super(kernels, items, Float.BYTES, threads);
    }

    @Override
    public String name() {
        return "exact";
    }

    @Override
    Scan scan(Search search) {
        return new ExactScan(new ExactScores(kernels, items, search.query()), search.k(), search.allowed());
    }
}
