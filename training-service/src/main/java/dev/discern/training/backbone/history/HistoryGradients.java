package dev.discern.training.backbone.history;

import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.RowGradients;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a batch by all that a {@link HistoryModel} learns.
 *
 * @param item by the rows of E
 * @param context by the rows of C
 * @param itemText by W, (dim, dim)
 * @param contextText by Wc, (dim, dim)
 * @param recency by w
 * @param contentRecency by w2
 * @param contentGain by g, (1)
 */
@SuppressWarnings("ArrayRecordComponent") // written by hot loops; the record is never compared
public record HistoryGradients(
        RowGradients item,
        RowGradients context,
        float[] itemText,
        float[] contextText,
        float[] recency,
        float[] contentRecency,
        float[] contentGain) {

    /** Zeros for a model. */
    public static HistoryGradients of(HistoryModel model, VectorKernels kernels) {
        int dim = model.dim();
        return new HistoryGradients(
                new RowGradients(model.items(), dim, kernels),
                new RowGradients(model.items(), dim, kernels),
                new float[dim * dim],
                new float[dim * dim],
                new float[HistoryModel.HISTORY],
                new float[HistoryModel.HISTORY],
                new float[1]);
    }

    /** Back to zeros. */
    public void clear() {
        item.clear();
        context.clear();
        for (float[] values : List.of(itemText, contextText, recency, contentRecency, contentGain)) {
            Arrays.fill(values, 0);
        }
    }
}
