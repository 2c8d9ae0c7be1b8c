package dev.discern.training.objective;

/**
 * {@code L = ½ (s(u, i) − z(u, i))²}, minus its derivative by the score {@code z − s}: pointwise distillation of the judge's
 * standardized soft scores (Hinton et al., 2015, on scores).
 */
public final class SquaredError {

    private final float[] target;

    /** Targets z, one for each soft score. */
    public SquaredError(float[] target) {
        this.target = target.clone();
    }

    /** The loss of example {@code n} at {@code score}. */
    public double loss(int n, float score) {
        return 0.5 * (score - target[n]) * (score - target[n]);
    }

    /** Minus the derivative by the score. */
    public float ascent(int n, float score) {
        return target[n] - score;
    }
}
