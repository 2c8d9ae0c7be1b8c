package dev.discern.training.backbone.history;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.VectorKernels;
import java.util.List;

/**
 * A trained user side: {@code u = [ gain · norm( Σ_k recency_k · context_h(k) ) ]} for each part, one after the other, h(1) the
 * newest item.
 *
 * @param dim of a vector, the sum of the parts'
 * @param context (items, dim)
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record HistoryEncoder(int dim, float[] context, List<Part> parts) {

    /**
     * Consecutive dimensions that are summed and normalized together.
     *
     * @param recency of the newest item first; older items than it has entries do not count
     */
    public record Part(int length, float gain, float[] recency) {}

    public HistoryEncoder {
        parts = List.copyOf(parts);
        int sum = parts.stream().mapToInt(Part::length).sum();
        if (sum != dim || dim == 0 || context.length % dim != 0) {
            throw new IllegalArgumentException(
                    "shapes do not fit: dim %d, parts %d, context %d".formatted(dim, sum, context.length));
        }
    }

    /** The vectors of users with these histories, oldest first: (users, dim), zeros for a user without one. */
    public float[] users(InteractionMatrix histories, VectorKernels kernels) {
        float[] vectors = new float[Math.multiplyExact(histories.users(), dim)];
        for (int user = 0; user < histories.users(); user++) {
            user(histories, user, kernels, vectors);
        }
        return vectors;
    }

    private void user(InteractionMatrix histories, int user, VectorKernels kernels, float[] vectors) {
        int from = histories.rowStart()[user];
        int newest = histories.rowStart()[user + 1] - 1;
        int at = 0;
        for (Part part : parts) {
            int out = user * dim + at;
            for (int k = 0; k < part.recency.length && newest - k >= from; k++) {
                int item = histories.columns()[newest - k];
                kernels.axpy(part.recency[k], context, item * dim + at, vectors, out, part.length);
            }
            float scale = part.gain / Norms.length(vectors, out, part.length, kernels);
            for (int d = 0; d < part.length; d++) {
                vectors[out + d] *= scale;
            }
            at += part.length;
        }
    }
}
