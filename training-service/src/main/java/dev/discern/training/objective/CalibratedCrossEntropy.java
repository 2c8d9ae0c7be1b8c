package dev.discern.training.objective;

/**
 * The cross-entropy of the model's preference against a calibrated one, {@code L = −p log σ(d) − (1 − p) log(1 − σ(d))}, minus its
 * derivative {@code p − σ(d)} (docs/method.md): it stops pushing where the model already believes as much as the gate does.
 */
public final class CalibratedCrossEntropy implements PairLoss {

    private final float[] target;

    /** Targets p, one for each pair, in (0, 1). */
    public CalibratedCrossEntropy(float[] target) {
        this.target = target.clone();
    }

    @Override
    public double loss(int pair, float difference) {
        double p = target[pair];
        return p * Sigmoid.negativeLog(difference) + (1 - p) * Sigmoid.negativeLog(-difference);
    }

    @Override
    public float ascent(int pair, float difference) {
        return target[pair] - Sigmoid.of(difference);
    }
}
