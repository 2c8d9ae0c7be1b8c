package dev.discern.training.backbone;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What an encoder of texts believes of a user, as a dot product, the same as the scoring service's embedded judge:
 *
 * <pre>
 *   s(u, i) = cos(t_i, Σ_k k^-0.8 · t_h(k))     h(1) the newest of the user's last items
 * </pre>
 *
 * with t the centred text vectors, of length 1; an item without a text has 0.
 */
public final class TextTaste {

    private static final double RECENCY = -0.8;

    private TextTaste() {}

    /**
     * The taste of users with these histories.
     *
     * @param vectors (items) text vectors of one length, null where an item has none
     * @param histories oldest first
     * @param recent how many of a user's newest items count
     */
    public static DotProductModel of(float[] @Nullable [] vectors, InteractionMatrix histories, int recent) {
        VectorKernels kernels = Kernels.best();
        int dim = Arrays.stream(vectors)
                .filter(vector -> vector != null)
                .mapToInt(vector -> vector.length)
                .findFirst()
                .orElse(1);
        float[] items = centred(vectors, dim, kernels);
        float[] users = new float[Math.multiplyExact(histories.users(), dim)];
        for (int user = 0; user < histories.users(); user++) {
            int end = histories.rowStart()[user + 1];
            int from = Math.max(histories.rowStart()[user], end - recent);
            for (int at = from; at < end; at++) {
                float weight = (float) Math.pow(end - at, RECENCY);
                kernels.axpy(weight, items, histories.columns()[at] * dim, users, user * dim, dim);
            }
            normalize(users, user * dim, dim, kernels);
        }
        return new DotProductModel(dim, users, items, new float[vectors.length]);
    }

    private static float[] centred(float[] @Nullable [] vectors, int dim, VectorKernels kernels) {
        long texts = Arrays.stream(vectors).filter(vector -> vector != null).count();
        float[] mean = new float[dim];
        float[] table = new float[Math.multiplyExact(vectors.length, dim)];
        for (float[] vector : vectors) {
            if (vector != null) {
                kernels.axpy(1f / texts, vector, 0, mean, 0, dim);
            }
        }
        for (int item = 0; item < vectors.length; item++) {
            float[] vector = vectors[item];
            if (vector != null) {
                System.arraycopy(vector, 0, table, item * dim, dim);
                kernels.axpy(-1, mean, 0, table, item * dim, dim);
                normalize(table, item * dim, dim, kernels);
            }
        }
        return table;
    }

    private static void normalize(float[] table, int from, int dim, VectorKernels kernels) {
        float square = kernels.dot(table, from, table, from, dim);
        float scale = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
        for (int at = from; at < from + dim; at++) {
            table[at] *= scale;
        }
    }
}
