package dev.discern.training.backbone;

import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/** Gradients of some rows of a large table: those of a batch. Memory grows with the rows of the largest batch, not with the table. */
public final class RowGradients {

    private static final int NONE = -1;

    private final int dim;
    private final VectorKernels kernels;
    private final int[] slotOf; // (rows of the table) where a row's gradient is, or NONE
    private int[] rows = new int[64]; // (slots) whose gradient it is
    private float[] values; // (slots, dim)
    private int size;

    public RowGradients(int tableRows, int dim, VectorKernels kernels) {
        this.dim = dim;
        this.kernels = kernels;
        this.slotOf = new int[tableRows];
        Arrays.fill(slotOf, NONE);
        this.values = new float[rows.length * dim];
    }

    /** Adds {@code scale · gradient[from .. from + dim)} to the gradient of a row. */
    public void add(int row, float scale, float[] gradient, int from) {
        int slot = slotOf[row];
        if (slot == NONE) {
            slot = newSlot(row);
        }
        kernels.axpy(scale, gradient, from, values, slot * dim, dim);
    }

    private int newSlot(int row) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, 2 * size);
            values = Arrays.copyOf(values, Math.multiplyExact(2 * size, dim));
        }
        slotOf[row] = size;
        rows[size] = row;
        return size++;
    }

    /** Forgets all gradients. */
    public void clear() {
        for (int slot = 0; slot < size; slot++) {
            slotOf[rows[slot]] = NONE;
        }
        Arrays.fill(values, 0, size * dim, 0);
        size = 0;
    }

    /** How many rows have a gradient. */
    public int size() {
        return size;
    }

    public int dim() {
        return dim;
    }

    /** The row of slot {@code slot}; slots stand in the order in which their rows came first. */
    public int row(int slot) {
        return rows[slot];
    }

    /** The live gradients, (slots, dim); replaced when they grow. */
    public float[] values() {
        return values;
    }
}
