package dev.discern.scoring.llm;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text vectors of the catalogue, centred: encoders put every text into one narrow cone, and what tells items apart is the
 * difference from the mean.
 */
public final class ItemVectors {

    private static final double RECENCY = -0.8;

    private final Map<Long, float[]> byRowId = new HashMap<>();
    private final VectorKernels kernels = Kernels.best();
    private final int dim;

    /**
     * Centres vectors and scales them to length 1.
     *
     * @param vectors by row id of the item; items without a text are absent
     */
    public ItemVectors(Map<Long, float[]> vectors) {
        this.dim = vectors.values().stream()
                .mapToInt(vector -> vector.length)
                .findFirst()
                .orElse(0);
        float[] mean = new float[dim];
        vectors.values().forEach(vector -> kernels.axpy(1f / vectors.size(), vector, 0, mean, 0, dim));
        vectors.forEach((item, vector) -> {
            float[] centred = vector.clone();
            kernels.axpy(-1, mean, 0, centred, 0, dim);
            normalize(centred);
            byRowId.put(item, centred);
        });
    }

    /** What a user with these items likes, {@code Σ_k k^-0.8 · t_h(k)}, of length 1; empty when none of them has a vector. */
    Optional<float[]> taste(List<Long> history) {
        if (history.stream().noneMatch(this::has)) {
            return Optional.empty();
        }
        float[] taste = new float[dim];
        int age = 0;
        for (Long item : history.reversed()) {
            age++;
            addTo(taste, (float) Math.pow(age, RECENCY), item);
        }
        normalize(taste);
        return Optional.of(taste);
    }

    int dim() {
        return dim;
    }

    boolean has(long itemRowId) {
        return byRowId.containsKey(itemRowId);
    }

    /** Adds {@code weight} times the item's vector to {@code sum}. */
    void addTo(float[] sum, float weight, long itemRowId) {
        float[] vector = byRowId.get(itemRowId);
        if (vector != null) {
            kernels.axpy(weight, vector, 0, sum, 0, dim);
        }
    }

    /** The dot product of {@code query} and the item's vector. */
    float dot(float[] query, long itemRowId) {
        float[] vector = byRowId.get(itemRowId);
        return vector == null ? 0 : kernels.dot(query, 0, vector, 0, dim);
    }

    void normalize(float[] vector) {
        float square = kernels.dot(vector, 0, vector, 0, dim);
        if (square > 0) {
            float scale = (float) (1 / Math.sqrt(square));
            for (int k = 0; k < dim; k++) {
                vector[k] *= scale;
            }
        }
    }
}
