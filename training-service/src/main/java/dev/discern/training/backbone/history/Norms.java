package dev.discern.training.backbone.history;

import dev.discern.common.vector.VectorKernels;

/** {@code norm(x) = x / |x|} of the rows of a matrix, and its gradient. A zero row stays as it is. */
final class Norms {

    private Norms() {}

    /** The length of a vector; that of a zero vector is taken for 1. */
    static float length(float[] values, int from, int dim, VectorKernels kernels) {
        float square = kernels.dot(values, from, values, from, dim);
        return square > 0 ? (float) Math.sqrt(square) : 1;
    }

    /**
     * Gives each row length 1.
     *
     * @param x (rows, dim), in place
     * @param lengths (rows), what they were
     */
    static void normalize(float[] x, float[] lengths, int rows, int dim, VectorKernels kernels) {
        kernels.forRows(rows, (from, to) -> {
            for (int r = from; r < to; r++) {
                lengths[r] = length(x, r * dim, dim, kernels);
                float scale = 1 / lengths[r];
                for (int at = r * dim; at < (r + 1) * dim; at++) {
                    x[at] *= scale;
                }
            }
        });
    }

    /**
     * The gradient by what was normalized, {@code (g − (g · y) y) / |x|} with {@code y = norm(x)}.
     *
     * @param gradient (rows, dim) by {@code y}, in place
     * @param unit (rows, dim) {@code y}
     * @param lengths (rows) {@code |x|}
     */
    static void back(float[] gradient, float[] unit, float[] lengths, int rows, int dim, VectorKernels kernels) {
        kernels.forRows(rows, (from, to) -> {
            for (int r = from; r < to; r++) {
                float along = kernels.dot(gradient, r * dim, unit, r * dim, dim);
                float scale = 1 / lengths[r];
                for (int at = r * dim; at < (r + 1) * dim; at++) {
                    gradient[at] = (gradient[at] - along * unit[at]) * scale;
                }
            }
        });
    }
}
