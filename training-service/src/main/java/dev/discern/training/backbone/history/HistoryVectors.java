package dev.discern.training.backbone.history;

import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.VectorKernels;

/** Vectors of many users at once. */
public final class HistoryVectors {

    private HistoryVectors() {}

    /** The vectors of users with these histories, oldest first: (users, dim), zeros for a user without one. */
    public static float[] of(InteractionMatrix histories, HistoryTables tables, VectorKernels kernels) {
        int dim = tables.context().dim();
        float[] vectors = new float[Math.multiplyExact(histories.users(), dim)];
        for (int user = 0; user < histories.users(); user++) {
            tables.vector(
                    histories.columns(),
                    histories.rowStart()[user],
                    histories.rowStart()[user + 1],
                    kernels,
                    vectors,
                    user * dim);
        }
        return vectors;
    }
}
