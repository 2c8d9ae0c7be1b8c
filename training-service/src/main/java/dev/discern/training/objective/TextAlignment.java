package dev.discern.training.objective;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.history.TextFeatures;
import java.util.SplittableRandom;

/**
 * Representation alignment: an item's learned vector x is drawn towards a learned projection of its text,
 *
 * <pre>
 *   L = 1 − cos(x, M t)
 *   −∂L/∂x = (m − (x̂ · m) x̂) / |x|        m = M t / |M t|,  x̂ = x / |x|
 *   −∂L/∂M = (x̂ − (x̂ · m) m) tᵀ / |M t|
 * </pre>
 *
 * with t the item's {@link TextFeatures#wide}. It stands for what KAR (Xi et al., 2023) does with the knowledge of a language model,
 * brought into a recommender as item representations, in the form that fits models whose items are vectors.
 */
public final class TextAlignment {

    private static final double INITIAL_SCALE = 0.1;

    private final TextFeatures text;
    private final int dim;
    private final int textDim;
    private final float rate;
    private final float[] projection; // M (dim, textDim)

    /**
     * A random projection.
     *
     * @param dim length of the items' vectors
     * @param rate learning rate of the projection
     */
    public TextAlignment(TextFeatures text, int dim, float rate, Seeds seeds) {
        this.text = text;
        this.dim = dim;
        this.textDim = text.wideDim();
        this.rate = rate;
        this.projection = new float[dim * textDim];
        SplittableRandom random = seeds.random("text-projection");
        for (int at = 0; at < projection.length; at++) {
            projection[at] = (float) (random.nextGaussian() * INITIAL_SCALE);
        }
    }

    /** Length of the items' vectors. */
    public int dim() {
        return dim;
    }

    /**
     * Computes minus the gradient by the item's vector and makes one step of the projection by its own.
     *
     * @param vectors the item's vector begins at {@code start}
     * @param ascent (dim) receives minus the gradient; zeros for an item without a text
     * @return the loss, in [0, 2]; 0 for an item without a text or without a direction
     */
    public double step(int item, float[] vectors, int start, float[] ascent) {
        float[] projected = new float[dim];
        int textStart = item * textDim;
        double projectedSquare = 0;
        double square = 0;
        double dot = 0;
        for (int d = 0; d < dim; d++) {
            float sum = 0;
            for (int c = 0; c < textDim; c++) {
                sum += projection[d * textDim + c] * text.wide()[textStart + c];
            }
            projected[d] = sum;
            projectedSquare += (double) sum * sum;
            square += (double) vectors[start + d] * vectors[start + d];
            dot += (double) sum * vectors[start + d];
        }
        java.util.Arrays.fill(ascent, 0);
        if (projectedSquare == 0 || square == 0) {
            return 0;
        }
        double length = Math.sqrt(square);
        double projectedLength = Math.sqrt(projectedSquare);
        double cos = dot / (length * projectedLength);
        for (int d = 0; d < dim; d++) {
            double unit = vectors[start + d] / length;
            double target = projected[d] / projectedLength;
            ascent[d] = (float) ((target - cos * unit) / length);
            float step = (float) (rate * (unit - cos * target) / projectedLength);
            for (int c = 0; c < textDim; c++) {
                projection[d * textDim + c] += step * text.wide()[textStart + c];
            }
        }
        return 1 - cos;
    }

    /** The live projection, (dim, textDim), for checkpoints. */
    public float[] projection() {
        return projection;
    }
}
