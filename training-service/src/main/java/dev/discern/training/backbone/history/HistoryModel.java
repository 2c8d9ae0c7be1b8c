package dev.discern.training.backbone.history;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A linear two-tower model. Its user side is a weighted sum of the user's recent items, so a new user or a new event needs no
 * training; its item side sees the text, so rare items are not lost:
 *
 * <pre>
 *   v_i = [ norm(E_i + t_i W) ; p_i ]
 *   u   = [ norm( Σ_k w_k (C_h(k) + t_h(k) Wc) ) ; g · norm( Σ_k w2_k p_h(k) ) ]
 *   s(u, i) = u · v_i / τ
 * </pre>
 *
 * with h(1) the newest of at most 50 items, t and p the {@link TextFeatures}. The tables are open to the trainer's kernels.
 */
public final class HistoryModel {

    /** Items of a history that count. */
    public static final int HISTORY = 50;

    /** Fixed: learned, it collapses. */
    public static final float TEMPERATURE = 0.1f;

    private static final double RECENCY = -0.8;
    private static final float CONTENT_WEIGHT = 0.5f;

    private final int items;
    private final TextFeatures text;
    final float[] item; // E (items, dim)
    final float[] context; // C (items, dim)
    final float[] itemText; // W (dim, dim)
    final float[] contextText; // Wc (dim, dim)
    final float[] weight = new float[HISTORY]; // w
    final float[] contentWeight = new float[HISTORY]; // w2
    final float[] contentGain = {CONTENT_WEIGHT}; // g

    private HistoryModel(int items, TextFeatures text) {
        this.items = items;
        this.text = text;
        int dim = text.wideDim();
        this.item = new float[Math.multiplyExact(items, dim)];
        this.context = new float[Math.multiplyExact(items, dim)];
        this.itemText = new float[dim * dim];
        this.contextText = new float[dim * dim];
    }

    /** A model of small random item vectors whose towers see texts as they are. */
    public static HistoryModel random(int items, TextFeatures text, double scale, Seeds seeds) {
        HistoryModel model = new HistoryModel(items, text);
        int dim = model.dim();
        fill(model.item, scale / Math.sqrt(dim), seeds.random("items"));
        fill(model.context, scale / Math.sqrt(dim), seeds.random("context"));
        for (int d = 0; d < dim; d++) {
            model.itemText[d * dim + d] = 1;
            model.contextText[d * dim + d] = 1;
        }
        for (int k = 0; k < HISTORY; k++) {
            model.weight[k] = (float) Math.pow(k + 1, RECENCY);
            model.contentWeight[k] = model.weight[k];
        }
        return model;
    }

    private static void fill(float[] table, double scale, SplittableRandom random) {
        for (int at = 0; at < table.length; at++) {
            table[at] = (float) (random.nextGaussian() * scale);
        }
    }

    /** A copy that shares nothing but the texts. */
    public HistoryModel copy() {
        HistoryModel copy = new HistoryModel(items, text);
        copy.set(this);
        return copy;
    }

    /** Takes over the values of a model of the same shape. */
    public void set(HistoryModel other) {
        List<float[]> to = parameters();
        List<float[]> from = other.parameters();
        for (int n = 0; n < to.size(); n++) {
            System.arraycopy(from.get(n), 0, to.get(n), 0, to.get(n).length);
        }
    }

    /** All that is learned, live. */
    public List<float[]> parameters() {
        return List.of(item, context, itemText, contextText, weight, contentWeight, contentGain);
    }

    public int items() {
        return items;
    }

    /** Length of the learned part of a vector. */
    public int dim() {
        return text.wideDim();
    }

    /** Length of a whole vector. */
    public int vectorDim() {
        return text.wideDim() + text.narrowDim();
    }

    public TextFeatures text() {
        return text;
    }

    /** {@code v_i / τ} of every item: (items, vectorDim). */
    public float[] itemVectors(VectorKernels kernels) {
        int dim = dim();
        float[] towers = item.clone();
        kernels.multiply(items, dim, dim, text.wide(), false, itemText, false, towers, true);
        float[] vectors = new float[Math.multiplyExact(items, vectorDim())];
        for (int i = 0; i < items; i++) {
            float scale = 1 / (TEMPERATURE * norm(towers, i * dim, dim, kernels));
            int at = i * vectorDim();
            for (int d = 0; d < dim; d++) {
                vectors[at + d] = towers[i * dim + d] * scale;
            }
            for (int d = 0; d < text.narrowDim(); d++) {
                vectors[at + dim + d] = text.narrow()[i * text.narrowDim() + d] / TEMPERATURE;
            }
        }
        return vectors;
    }

    /** {@code C_i + t_i Wc} of every item: (items, dim), for users. */
    public float[] contextVectors(VectorKernels kernels) {
        int dim = dim();
        float[] vectors = context.clone();
        kernels.multiply(items, dim, dim, text.wide(), false, contextText, false, vectors, true);
        return vectors;
    }

    /**
     * The vector of a user, (vectorDim), zeros for one without a history.
     *
     * @param contextVectors of this model
     * @param history items, oldest first
     * @param length how many of them count, the last ones
     */
    public void user(
            float[] contextVectors, int[] history, int from, int to, VectorKernels kernels, float[] out, int at) {
        int dim = dim();
        int narrow = text.narrowDim();
        java.util.Arrays.fill(out, at, at + vectorDim(), 0);
        for (int k = 0; k < HISTORY && to - 1 - k >= from; k++) {
            int i = history[to - 1 - k];
            kernels.axpy(weight[k], contextVectors, i * dim, out, at, dim);
            kernels.axpy(contentWeight[k], text.narrow(), i * narrow, out, at + dim, narrow);
        }
        scale(out, at, dim, 1 / norm(out, at, dim, kernels));
        scale(out, at + dim, narrow, contentGain[0] / norm(out, at + dim, narrow, kernels));
    }

    private static void scale(float[] values, int from, int length, float scale) {
        for (int d = 0; d < length; d++) {
            values[from + d] *= scale;
        }
    }

    /** The length of a vector; that of a zero vector is taken for 1. */
    static float norm(float[] values, int from, int length, VectorKernels kernels) {
        float square = kernels.dot(values, from, values, from, length);
        return square > 0 ? (float) Math.sqrt(square) : 1;
    }
}
