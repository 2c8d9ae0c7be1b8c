package dev.discern.training.objective;

/**
 * {@code L = max(0, m − d)}, minus its derivative 1 where {@code d < m}: the pairwise regularizer of S-LLMR (arXiv 2512.21526)
 * without its gate, which that paper calls global regularization.
 */
public final class HingeLoss implements PairLoss {

    private final float margin;

    public HingeLoss(float margin) {
        this.margin = margin;
    }

    @Override
    public double loss(int pair, float difference) {
        return Math.max(0, margin - difference);
    }

    @Override
    public float ascent(int pair, float difference) {
        return difference < margin ? 1 : 0;
    }
}
