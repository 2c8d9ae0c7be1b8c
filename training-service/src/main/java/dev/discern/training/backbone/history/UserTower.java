package dev.discern.training.backbone.history;

import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/**
 * The user side of a batch, {@code [ norm( Σ_k w_k (C_h(k) + t_h(k) Wc) ) ; g · norm( Σ_k w2_k p_h(k) ) ]} as two matrices, and its
 * gradient.
 */
public final class UserTower {

    private final HistoryModel model;
    private final VectorKernels kernels;
    private final int dim;
    private final int contentDim;
    private final float[] text; // (rows, dim) Σ w t
    private final float[] unit; // (rows, dim)
    private final float[] length; // (rows) before they became unit vectors
    private final float[] contentUnit; // (rows, contentDim)
    private final float[] contentLength; // (rows)
    private final float[] content; // (rows, contentDim) g times contentUnit
    private final float[] textGradient; // (rows, dim)
    private final float[] along; // (rows, HISTORY) gradient by w of each item
    private final float[] contentAlong; // (rows, HISTORY) gradient by w2 of each item

    /** A tower for at most {@code capacity} rows. */
    public UserTower(HistoryModel model, int capacity, VectorKernels kernels) {
        this.model = model;
        this.kernels = kernels;
        this.dim = model.dim();
        this.contentDim = model.contentDim();
        this.text = new float[Math.multiplyExact(capacity, dim)];
        this.unit = new float[text.length];
        this.length = new float[capacity];
        this.contentUnit = new float[Math.multiplyExact(capacity, contentDim)];
        this.contentLength = new float[capacity];
        this.content = new float[contentUnit.length];
        this.textGradient = new float[text.length];
        this.along = new float[Math.multiplyExact(capacity, HistoryModel.HISTORY)];
        this.contentAlong = new float[along.length];
    }

    /** The learned part after {@link #forward}, (rows, dim), live. */
    public float[] unit() {
        return unit;
    }

    /** The text part after {@link #forward}, (rows, contentDim), live. */
    public float[] content() {
        return content;
    }

    /** Computes the vectors of the first {@code rows} histories. */
    public void forward(Histories histories, int rows) {
        kernels.forRows(rows, (from, to) -> gather(histories, from, to));
        kernels.multiply(rows, dim, dim, text, false, model.contextText(), false, unit, true);
        Norms.normalize(unit, length, rows, dim, kernels);
        Norms.normalize(contentUnit, contentLength, rows, contentDim, kernels);
        for (int at = 0; at < rows * contentDim; at++) {
            content[at] = model.contentGain()[0] * contentUnit[at];
        }
    }

    /** The weighted sums of some rows. */
    private void gather(Histories histories, int from, int to) {
        Arrays.fill(unit, from * dim, to * dim, 0);
        Arrays.fill(text, from * dim, to * dim, 0);
        Arrays.fill(contentUnit, from * contentDim, to * contentDim, 0);
        for (int r = from; r < to; r++) {
            for (int n = 0; n < histories.length(r); n++) {
                int item = histories.item(r, n);
                float weight = model.recency()[histories.place(r, n)];
                float contentWeight = model.contentRecency()[histories.place(r, n)];
                kernels.axpy(weight, model.context(), item * dim, unit, r * dim, dim);
                kernels.axpy(weight, model.text().wide(), item * dim, text, r * dim, dim);
                kernels.axpy(
                        contentWeight,
                        model.text().narrow(),
                        item * contentDim,
                        contentUnit,
                        r * contentDim,
                        contentDim);
            }
        }
    }

    /**
     * Adds the gradient by the parameters.
     *
     * @param gradient (rows, dim) by {@link #unit}; overwritten
     * @param contentGradient (rows, contentDim) by {@link #content}; overwritten
     */
    public void backward(
            Histories histories, int rows, float[] gradient, float[] contentGradient, HistoryGradients into) {
        Norms.back(gradient, unit, length, rows, dim, kernels);
        kernels.multiply(dim, dim, rows, text, true, gradient, false, into.contextText(), true);
        kernels.multiply(rows, dim, dim, gradient, false, model.contextText(), true, textGradient, false);
        into.contentGain()[0] += kernels.dot(contentGradient, 0, contentUnit, 0, rows * contentDim);
        for (int at = 0; at < rows * contentDim; at++) {
            contentGradient[at] *= model.contentGain()[0];
        }
        Norms.back(contentGradient, contentUnit, contentLength, rows, contentDim, kernels);
        kernels.forRows(rows, (from, to) -> along(histories, from, to, gradient, contentGradient));
        for (int r = 0; r < rows; r++) {
            for (int n = 0; n < histories.length(r); n++) {
                int k = histories.place(r, n);
                into.recency()[k] += along[r * HistoryModel.HISTORY + n];
                into.contentRecency()[k] += contentAlong[r * HistoryModel.HISTORY + n];
                into.context().add(histories.item(r, n), model.recency()[k], gradient, r * dim);
            }
        }
    }

    /** By each item of a history: the gradient by its weights, for some rows. */
    private void along(Histories histories, int from, int to, float[] gradient, float[] contentGradient) {
        for (int r = from; r < to; r++) {
            for (int n = 0; n < histories.length(r); n++) {
                int item = histories.item(r, n);
                int at = r * HistoryModel.HISTORY + n;
                along[at] = kernels.dot(gradient, r * dim, model.context(), item * dim, dim)
                        + kernels.dot(textGradient, r * dim, model.text().wide(), item * dim, dim);
                contentAlong[at] = kernels.dot(
                        contentGradient, r * contentDim, model.text().narrow(), item * contentDim, contentDim);
            }
        }
    }
}
