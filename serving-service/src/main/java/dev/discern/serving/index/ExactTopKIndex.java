package dev.discern.serving.index;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.vector.VectorKernels;
import java.util.function.IntPredicate;

/**
 * Scores every item: {@code s(i) = query · q_i + b_i}. Below about a million items no approximate index is faster at equal
 * recall, so this is the default and the reference for others.
 */
public final class ExactTopKIndex implements TopKIndex {

    /** Rows scored at a time: their scores stay in the first-level cache until the heap has looked at them. */
    private static final int BLOCK_ROWS = 1024;

    private final VectorKernels kernels;
    private final EmbeddingTable items;
    private final float[] bias;

    /**
     * An index over these items; the arrays are shared, not copied.
     *
     * @param items (items, dim)
     * @param bias (items)
     */
    public ExactTopKIndex(VectorKernels kernels, EmbeddingTable items, float[] bias) {
        if (bias.length != items.rows()) {
            throw new IllegalArgumentException(
                    "%d biases do not belong to %d items".formatted(bias.length, items.rows()));
        }
        this.kernels = kernels;
        this.items = items;
        this.bias = bias;
    }

    @Override
    public String name() {
        return "exact";
    }

    @Override
    public int size() {
        return items.rows();
    }

    @Override
    public int dim() {
        return items.dim();
    }

    @Override
    public TopK search(float[] query, int k, IntPredicate allowed) {
        if (query.length != items.dim()) {
            throw new IllegalArgumentException(
                    "expected a query of %d dimensions, got %d".formatted(items.dim(), query.length));
        }
        if (k < 1) {
            throw new IllegalArgumentException("expected k of at least 1, got " + k);
        }
        TopKHeap best = new TopKHeap(Math.min(k, items.rows()));
        float[] scores = new float[Math.min(BLOCK_ROWS, items.rows())];
        for (int first = 0; first < items.rows(); first += BLOCK_ROWS) {
            int rows = Math.min(BLOCK_ROWS, items.rows() - first);
            kernels.scores(query, 0, items.values(), first, rows, items.dim(), scores, 0);
            for (int row = 0; row < rows; row++) {
                int item = first + row;
                float score = scores[row] + bias[item];
                if (best.wouldKeep(item, score) && allowed.test(item)) {
                    best.add(item, score);
                }
            }
        }
        return best.drain();
    }
}
