package dev.discern.training.backbone.history;

import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/** The item side of a batch, {@code [ norm(E_i + t_i W) ; p_i ]} as two matrices, and its gradient. */
public final class ItemTower {

    private final HistoryModel model;
    private final VectorKernels kernels;
    private final int dim;
    private final int contentDim;
    private final int[] item; // (rows)
    private final boolean[] dropped; // (rows)
    private final float[] text; // (rows, dim) t
    private final float[] unit; // (rows, dim)
    private final float[] length; // (rows) before they became unit vectors
    private final float[] content; // (rows, contentDim) p
    private int rows;

    /** A tower for at most {@code capacity} rows. */
    public ItemTower(HistoryModel model, int capacity, VectorKernels kernels) {
        this.model = model;
        this.kernels = kernels;
        this.dim = model.dim();
        this.contentDim = model.contentDim();
        this.item = new int[capacity];
        this.dropped = new boolean[capacity];
        this.text = new float[Math.multiplyExact(capacity, dim)];
        this.unit = new float[text.length];
        this.length = new float[capacity];
        this.content = new float[Math.multiplyExact(capacity, contentDim)];
    }

    /** Begins a batch. */
    public void clear() {
        rows = 0;
    }

    /** Adds an item; one that is dropped is seen by its text alone. */
    public void add(int itemIdx, boolean drop) {
        item[rows] = itemIdx;
        dropped[rows] = drop;
        rows++;
    }

    /** How many items the batch has. */
    public int rows() {
        return rows;
    }

    /** The items of the batch, (rows), live. */
    public int[] items() {
        return item;
    }

    /** {@code norm(E_i + t_i W)} after {@link #forward}, (rows, dim), live. */
    public float[] unit() {
        return unit;
    }

    /** {@code p_i} after {@link #forward}, (rows, contentDim), live. */
    public float[] content() {
        return content;
    }

    /** Computes the vectors of the batch. */
    public void forward() {
        kernels.forRows(rows, this::gather);
        kernels.multiply(rows, dim, dim, text, false, model.itemText(), false, unit, true);
        Norms.normalize(unit, length, rows, dim, kernels);
    }

    /** The texts and ids of some rows. */
    private void gather(int from, int to) {
        for (int r = from; r < to; r++) {
            System.arraycopy(model.text().wide(), item[r] * dim, text, r * dim, dim);
            System.arraycopy(model.text().narrow(), item[r] * contentDim, content, r * contentDim, contentDim);
            if (dropped[r]) {
                Arrays.fill(unit, r * dim, (r + 1) * dim, 0);
            } else {
                System.arraycopy(model.item(), item[r] * dim, unit, r * dim, dim);
            }
        }
    }

    /**
     * Adds the gradient by the parameters, {@code dE_i += dx} and {@code dW += tᵀ dx} with x what is normalized.
     *
     * @param gradient (rows, dim) by {@link #unit}; overwritten
     */
    public void backward(float[] gradient, HistoryGradients into) {
        backward(gradient, true, true, into);
    }

    /**
     * The same for some of the parameters.
     *
     * @param byItem whether to add {@code dE}
     * @param byText whether to add {@code dW}
     */
    public void backward(float[] gradient, boolean byItem, boolean byText, HistoryGradients into) {
        Norms.back(gradient, unit, length, rows, dim, kernels);
        if (byText) {
            kernels.multiply(dim, dim, rows, text, true, gradient, false, into.itemText(), true);
        }
        for (int r = 0; byItem && r < rows; r++) {
            if (!dropped[r]) {
                into.item().add(item[r], 1, gradient, r * dim);
            }
        }
    }
}
