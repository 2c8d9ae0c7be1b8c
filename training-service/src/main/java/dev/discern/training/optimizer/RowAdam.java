package dev.discern.training.optimizer;

import dev.discern.training.backbone.RowGradients;
import java.util.List;

/**
 * Adam (Kingma and Ba, 2015) that touches only the rows that have a gradient, as embedding tables need it:
 *
 * <pre>
 *   m ← β1 m + (1 − β1) g     v ← β2 v + (1 − β2) g²     x ← x − η · m / (1 − β1^t) / ( √(v / (1 − β2^t)) + ε )
 * </pre>
 *
 * with t the number of the batch, counted from 1, for all rows.
 */
public final class RowAdam {

    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;

    private final float[] values;
    private final float[] first; // m
    private final float[] second; // v
    private final float epsilon;

    /** Steps of {@code values}, which it changes. */
    public RowAdam(float[] values, float epsilon) {
        this.values = values;
        this.first = new float[values.length];
        this.second = new float[values.length];
        this.epsilon = epsilon;
    }

    /** One step of the rows that have a gradient. */
    public void step(RowGradients gradients, float rate, long time) {
        int dim = gradients.dim();
        for (int slot = 0; slot < gradients.size(); slot++) {
            step(gradients.values(), slot * dim, gradients.row(slot) * dim, dim, rate, time);
        }
    }

    /** One step of all values. */
    public void step(float[] gradient, float rate, long time) {
        step(gradient, 0, 0, values.length, rate, time);
    }

    private void step(float[] gradient, int from, int at, int length, float rate, long time) {
        float stepSize = (float) (rate / (1 - Math.pow(BETA1, (double) time)));
        float correction = (float) (1 / (1 - Math.pow(BETA2, (double) time)));
        for (int k = 0; k < length; k++) {
            float g = gradient[from + k];
            float m = BETA1 * first[at + k] + (1 - BETA1) * g;
            float v = BETA2 * second[at + k] + (1 - BETA2) * g * g;
            first[at + k] = m;
            second[at + k] = v;
            values[at + k] -= stepSize * m / ((float) Math.sqrt(v * correction) + epsilon);
        }
    }

    /** The live moments, for checkpoints. */
    public List<float[]> state() {
        return List.of(first, second);
    }
}
