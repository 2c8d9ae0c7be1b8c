package dev.discern.training.objective;

/**
 * The gated hinge of S-LLMR as published (arXiv 2512.21526), kept for comparison:
 *
 * <pre>
 *   α_ui = σ(w · [cold_u, tail_i, q_ui] + b)     α_uij = ½ (α_ui + α_uj)     L = α_uij · max(0, m − d)
 * </pre>
 *
 * The gate is learned together with the model. Since the hinge is never negative, the derivative by α never is either, so every
 * step lowers α: it collapses towards zero, whatever the judge is worth.
 */
public final class SelectiveHinge {

    /** Below this mean α the gate is called collapsed. */
    public static final double COLLAPSED = 0.05;

    private static final int PARAMETERS = 4;

    private final float margin;
    private final float gateRate;
    private final double[] weight = new double[PARAMETERS]; // cold, tail, q, b

    /** A gate of zero weights: α = ½ everywhere. */
    public SelectiveHinge(float margin, float gateRate) {
        this.margin = margin;
        this.gateRate = gateRate;
    }

    /** {@code α_ui}, in (0, 1). */
    public double alpha(boolean cold, boolean tail, double q) {
        return 1 / (1 + Math.exp(-(weight[3] + (cold ? weight[0] : 0) + (tail ? weight[1] : 0) + weight[2] * q)));
    }

    /** {@code L} for a pair whose items have these α. */
    public double loss(double alphaI, double alphaJ, float difference) {
        return 0.5 * (alphaI + alphaJ) * Math.max(0, margin - difference);
    }

    /** Minus the derivative of {@code L} by the difference. */
    public float ascent(double alphaI, double alphaJ, float difference) {
        return difference < margin ? (float) (0.5 * (alphaI + alphaJ)) : 0;
    }

    /** The derivative of {@code L} by one item's logit: {@code ½ α (1 − α) max(0, m − d)}, never negative. */
    public double logitGradient(double alpha, float difference) {
        return 0.5 * alpha * (1 - alpha) * Math.max(0, margin - difference);
    }

    /** One gradient step on the gate for one item of a pair. */
    public void learn(boolean cold, boolean tail, double q, double alpha, float difference) {
        double step = gateRate * logitGradient(alpha, difference);
        weight[0] -= cold ? step : 0;
        weight[1] -= tail ? step : 0;
        weight[2] -= q * step;
        weight[3] -= step;
    }

    /** The gate's parameters: cold, tail, q, bias. */
    public double[] parameters() {
        return weight.clone();
    }

    /** Takes over parameters, from a checkpoint. */
    public void restore(double[] parameters) {
        System.arraycopy(parameters, 0, weight, 0, PARAMETERS);
    }
}
