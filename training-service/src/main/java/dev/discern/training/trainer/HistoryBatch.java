package dev.discern.training.trainer;

import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.history.Histories;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.ItemTower;
import dev.discern.training.backbone.history.UserTower;
import dev.discern.training.objective.SampledSoftmax;

/**
 * The base loss of a batch: each row's history against the batch's candidates, {@code S = (U Vᵀ + U' V'ᵀ) / τ}. Fill in the
 * histories and the candidates, call {@link #loss}, then {@link #backward}.
 */
public final class HistoryBatch {

    private final int rows;
    private final int columns;
    private final int dim;
    private final int contentDim;
    private final SampledSoftmax loss;
    private final VectorKernels kernels;
    private final Histories histories;
    private final UserTower users;
    private final ItemTower items;
    private final float[] scores; // (rows, columns), then the gradient by U Vᵀ
    private final float[] userGradient; // (rows, dim)
    private final float[] userContentGradient; // (rows, contentDim)
    private final float[] itemGradient; // (columns, dim)

    /**
     * Room for batches.
     *
     * @param rows examples of a batch
     * @param columns candidates of a batch, the rows' targets among them
     * @param logExpected (items) log of how often an item is expected among the candidates
     */
    public HistoryBatch(HistoryModel model, int rows, int columns, float[] logExpected, VectorKernels kernels) {
        this.rows = rows;
        this.columns = columns;
        this.dim = model.dim();
        this.contentDim = model.contentDim();
        this.loss = new SampledSoftmax(logExpected, 1 / HistoryModel.TEMPERATURE);
        this.kernels = kernels;
        this.histories = new Histories(rows);
        this.users = new UserTower(model, rows, kernels);
        this.items = new ItemTower(model, columns, kernels);
        this.scores = new float[Math.multiplyExact(rows, columns)];
        this.userGradient = new float[rows * dim];
        this.userContentGradient = new float[rows * contentDim];
        this.itemGradient = new float[columns * dim];
    }

    /** A history for each row. */
    public Histories histories() {
        return histories;
    }

    /** The candidates: the target of each row, then the others. */
    public ItemTower items() {
        return items;
    }

    /** The mean loss, in nats. */
    public double loss() {
        users.forward(histories, rows);
        items.forward();
        kernels.multiply(rows, columns, dim, users.unit(), false, items.unit(), true, scores, false);
        kernels.multiply(rows, columns, contentDim, users.content(), false, items.content(), true, scores, true);
        return loss.gradient(scores, rows, columns, items.items(), kernels);
    }

    /** Adds the gradient of the last loss. */
    public void backward(HistoryGradients into) {
        kernels.multiply(rows, dim, columns, scores, false, items.unit(), false, userGradient, false);
        kernels.multiply(rows, contentDim, columns, scores, false, items.content(), false, userContentGradient, false);
        kernels.multiply(columns, dim, rows, scores, true, users.unit(), false, itemGradient, false);
        items.backward(itemGradient, into);
        users.backward(histories, rows, userGradient, userContentGradient, into);
    }

    /** Floating-point operations of the matrix products of one loss and its gradient. */
    public double operations() {
        double scores = (double) rows * columns;
        double learned = 2 * (double) (rows + columns) * dim * dim + (double) rows * dim * dim;
        return 2 * (scores * (3 * dim + 2 * contentDim) + learned);
    }
}
