package dev.discern.training.optimizer;

import dev.discern.common.vector.VectorKernels;
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
    private final VectorKernels kernels;

    /** Steps of {@code values}, which it changes. */
    public RowAdam(float[] values, float epsilon, VectorKernels kernels) {
        this.values = values;
        this.first = new float[values.length];
        this.second = new float[values.length];
        this.epsilon = epsilon;
        this.kernels = kernels;
    }

    /** One step of the rows that have a gradient. */
    public void step(RowGradients gradients, float rate, long time) {
        int dim = gradients.dim();
        float stepSize = stepSize(rate, time);
        float correction = correction(time);
        kernels.forRows(gradients.size(), (from, to) -> {
            for (int slot = from; slot < to; slot++) {
                step(gradients.values(), slot * dim, gradients.row(slot) * dim, dim, stepSize, correction);
            }
        });
    }

    /** One step of all values. */
    public void step(float[] gradient, float rate, long time) {
        float stepSize = stepSize(rate, time);
        float correction = correction(time);
        kernels.forRows(values.length, (from, to) -> step(gradient, from, from, to - from, stepSize, correction));
    }

    private static float stepSize(float rate, long time) {
        return (float) (rate / (1 - Math.pow(BETA1, (double) time)));
    }

    private static float correction(long time) {
        return (float) (1 / (1 - Math.pow(BETA2, (double) time)));
    }

    private void step(float[] gradient, int from, int at, int length, float stepSize, float correction) {
        kernels.adam(gradient, from, values, first, second, at, length, BETA1, BETA2, stepSize, correction, epsilon);
    }

    /** The live moments, for checkpoints. */
    public List<float[]> state() {
        return List.of(first, second);
    }
}
