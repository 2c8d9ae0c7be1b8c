package dev.discern.serving.foldin;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.vector.VectorKernels;

/** Makes a user vector as the model's training made it: from the newest items, by {@link HistoryTables}. Their order matters. */
public final class HistoryFoldIn implements FoldIn {

    private final VectorKernels kernels;
    private final HistoryTables tables;

    /** By these tables, which are shared, not copied. */
    public HistoryFoldIn(VectorKernels kernels, HistoryTables tables) {
        this.kernels = kernels;
        this.tables = tables;
    }

    @Override
    public float[] vector(int[] session) {
        if (session.length == 0) {
            throw new IllegalArgumentException("a session needs at least one item");
        }
        float[] vector = new float[tables.context().dim()];
        tables.vector(session, 0, session.length, kernels, vector, 0);
        return vector;
    }
}
