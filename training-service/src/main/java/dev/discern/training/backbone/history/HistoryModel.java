package dev.discern.training.backbone.history;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.VectorKernels;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The parameters of a linear two-tower model. Its user side is a weighted sum of the user's recent items, so a new user or a new
 * event needs no training; its item side sees the text, so rare items are not lost:
 *
 * <pre>
 *   v_i = [ norm(E_i + t_i W) ; p_i ]
 *   u   = [ norm( Σ_k w_k (C_h(k) + t_h(k) Wc) ) ; g · norm( Σ_k w2_k p_h(k) ) ]
 *   s(u, i) = u · v_i / τ
 * </pre>
 *
 * with h(1) the newest of at most {@value #HISTORY} items, t and p the {@link TextFeatures}. {@link ItemTower} and
 * {@link UserTower} compute it and its gradients in training, {@link #itemVectors} and {@link #tables} after it.
 */
public final class HistoryModel {

    /** Items of a history that count, the newest ones. */
    public static final int HISTORY = 50;

    /** τ. Fixed: learned, it collapses. */
    public static final float TEMPERATURE = 0.1f;

    private static final double INITIAL_SCALE = 0.1;
    private static final double INITIAL_RECENCY = -0.8;
    private static final float INITIAL_GAIN = 0.5f;

    private final int items;
    private final TextFeatures text;
    private final float[] item; // E (items, dim)
    private final float[] context; // C (items, dim)
    private final float[] itemText; // W (dim, dim)
    private final float[] contextText; // Wc (dim, dim)
    private final float[] recency = new float[HISTORY]; // w
    private final float[] contentRecency = new float[HISTORY]; // w2
    private final float[] contentGain = {INITIAL_GAIN}; // g

    private HistoryModel(int items, TextFeatures text) {
        this.items = items;
        this.text = text;
        int dim = text.wideDim();
        this.item = new float[Math.multiplyExact(items, dim)];
        this.context = new float[Math.multiplyExact(items, dim)];
        this.itemText = new float[dim * dim];
        this.contextText = new float[dim * dim];
    }

    /** A model of normal random vectors whose lengths are about 0.1, whose towers see texts as they are. */
    public static HistoryModel random(int items, TextFeatures text, Seeds seeds) {
        HistoryModel model = new HistoryModel(items, text);
        int dim = model.dim();
        fill(model.item, dim, seeds.random("items"));
        fill(model.context, dim, seeds.random("context"));
        for (int d = 0; d < dim; d++) {
            model.itemText[d * dim + d] = 1;
            model.contextText[d * dim + d] = 1;
        }
        for (int k = 0; k < HISTORY; k++) {
            model.recency[k] = (float) Math.pow(k + 1, INITIAL_RECENCY);
            model.contentRecency[k] = model.recency[k];
        }
        return model;
    }

    /**
     * A model of items that its training did not know: their ids tell nothing, {@code E_i = C_i = 0}, so that the towers see their texts
     * alone.
     *
     * @param learned W, Wc, w, w2 and g of a trained model, in this order
     */
    public static HistoryModel ofTexts(int items, TextFeatures text, List<float[]> learned) {
        HistoryModel model = new HistoryModel(items, text);
        List<float[]> shared = model.parameters().subList(2, 7);
        if (learned.size() != shared.size()) {
            throw new IllegalArgumentException(
                    "what all items share: expected %d tables, found %d".formatted(shared.size(), learned.size()));
        }
        for (int n = 0; n < shared.size(); n++) {
            float[] from = learned.get(n);
            float[] to = shared.get(n);
            if (from.length != to.length) {
                throw new IllegalArgumentException("what all items share: expected %d numbers in table %d, found %d"
                        .formatted(to.length, n, from.length));
            }
            System.arraycopy(from, 0, to, 0, to.length);
        }
        return model;
    }

    private static void fill(float[] table, int dim, SplittableRandom random) {
        for (int at = 0; at < table.length; at++) {
            table[at] = (float) (random.nextGaussian() * INITIAL_SCALE / Math.sqrt(dim));
        }
    }

    /** All that is learned, live: E, C, W, Wc, w, w2, g. */
    public List<float[]> parameters() {
        return List.of(item, context, itemText, contextText, recency, contentRecency, contentGain);
    }

    public int items() {
        return items;
    }

    /** Length of the learned part of a vector. */
    public int dim() {
        return text.wideDim();
    }

    /** Length of the part of a vector that is text alone. */
    public int contentDim() {
        return text.narrowDim();
    }

    /** Length of a whole vector. */
    public int vectorDim() {
        return dim() + contentDim();
    }

    public TextFeatures text() {
        return text;
    }

    /** The live E, (items, dim). */
    public float[] item() {
        return item;
    }

    /** The live C, (items, dim). */
    public float[] context() {
        return context;
    }

    /** The live W, (dim, dim). */
    public float[] itemText() {
        return itemText;
    }

    /** The live Wc, (dim, dim). */
    public float[] contextText() {
        return contextText;
    }

    /** The live w, ({@value #HISTORY}), that of the newest item first. */
    public float[] recency() {
        return recency;
    }

    /** The live w2, ({@value #HISTORY}), that of the newest item first. */
    public float[] contentRecency() {
        return contentRecency;
    }

    /** The live g, (1). */
    public float[] contentGain() {
        return contentGain;
    }

    /** {@code v_i / τ} of every item: (items, vectorDim). */
    public float[] itemVectors(VectorKernels kernels) {
        float[] learned = item.clone();
        kernels.multiply(items, dim(), dim(), text.wide(), false, itemText, false, learned, true);
        float[] norms = new float[items];
        Norms.normalize(learned, norms, items, dim(), kernels);
        return beside(learned, 1 / TEMPERATURE);
    }

    /** How users' vectors are made of their histories, as of now. */
    public HistoryTables tables(VectorKernels kernels) {
        float[] learned = context.clone();
        kernels.multiply(items, dim(), dim(), text.wide(), false, contextText, false, learned, true);
        return new HistoryTables(
                new EmbeddingTable(items, vectorDim(), beside(learned, 1)),
                List.of(
                        new HistoryTables.Part(dim(), 1, recency.clone()),
                        new HistoryTables.Part(contentDim(), contentGain[0], contentRecency.clone())));
    }

    /** {@code scale · [ learned_i ; p_i ]}: (items, vectorDim). */
    private float[] beside(float[] learned, float scale) {
        float[] vectors = new float[Math.multiplyExact(items, vectorDim())];
        for (int i = 0; i < items; i++) {
            int at = i * vectorDim();
            for (int d = 0; d < dim(); d++) {
                vectors[at + d] = scale * learned[i * dim() + d];
            }
            for (int d = 0; d < contentDim(); d++) {
                vectors[at + dim() + d] = scale * text.narrow()[i * contentDim() + d];
            }
        }
        return vectors;
    }
}
