package dev.discern.training.trainer;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.Histories;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.ItemTower;
import dev.discern.training.backbone.history.UserTower;
import dev.discern.training.dataset.CounterRandom;
import java.util.Arrays;

/**
 * Judged examples of one step of the history model: each user with the whole training history, each item with its id, through the
 * same towers as the base loss, and the regularizer's gradient back through them. The regularizer's loss is the mean over the batch.
 */
final class JudgedBatch implements GuidedModel {

    private static final float SCALE = 1 / HistoryModel.TEMPERATURE;

    private final Regularizer regularizer;
    private final InteractionMatrix train;
    private final int rows;
    private final int dim;
    private final int contentDim;
    private final VectorKernels kernels;
    private final Histories histories;
    private final UserTower users;
    private final ItemTower items; // the rows' items, then their other items
    private final int[] example; // (rows)
    private final float[] score; // (2 rows)
    private final float[] ascent; // (2 rows) minus the derivative by the score
    private final float[] userGradient; // (rows, dim)
    private final float[] userContentGradient; // (rows, contentDim)
    private final float[] itemGradient; // (2 rows, dim)
    private final float[] itemAscent; // (2 rows, dim) minus the derivative by the items' unit vectors themselves
    private final Guided guided;
    private int row;

    /** Which parameters the regularizer moves. */
    record Guided(boolean items, boolean text, boolean users) {

        static Guided of(HistoryParameters parameters) {
            return new Guided(parameters.guideItems() > 0, parameters.guideText() > 0, parameters.guideUsers() > 0);
        }
    }

    JudgedBatch(
            HistoryModel model,
            Regularizer regularizer,
            InteractionMatrix train,
            int rows,
            Guided guided,
            VectorKernels kernels) {
        this.guided = guided;
        this.regularizer = regularizer;
        this.train = train;
        this.rows = rows;
        this.dim = model.dim();
        this.contentDim = model.contentDim();
        this.kernels = kernels;
        this.histories = new Histories(rows);
        this.users = new UserTower(model, rows, kernels);
        this.items = new ItemTower(model, 2 * rows, kernels);
        this.example = new int[rows];
        this.score = new float[2 * rows];
        this.ascent = new float[2 * rows];
        this.userGradient = new float[rows * dim];
        this.userContentGradient = new float[rows * contentDim];
        this.itemGradient = new float[2 * rows * dim];
        this.itemAscent = new float[2 * rows * dim];
    }

    /** Draws examples and adds the gradient of their loss. */
    void run(CounterRandom random, HistoryGradients into) {
        for (int r = 0; r < rows; r++) {
            example[r] = random.below(regularizer.examples());
        }
        run(example, into);
    }

    /** Adds the gradient of these examples' loss. */
    void run(int[] examples, HistoryGradients into) {
        items.clear();
        for (int r = 0; r < rows; r++) {
            histories.put(r, train, regularizer.user(examples[r]));
            items.add(regularizer.item(examples[r]), false);
        }
        for (int r = 0; r < rows; r++) {
            items.add(regularizer.other(examples[r]), false);
        }
        users.forward(histories, rows);
        items.forward();
        for (int c = 0; c < 2 * rows; c++) {
            score[c] = SCALE
                    * (kernels.dot(users.unit(), c % rows * dim, items.unit(), c * dim, dim)
                            + kernels.dot(
                                    users.content(),
                                    c % rows * contentDim,
                                    items.content(),
                                    c * contentDim,
                                    contentDim));
        }
        Arrays.fill(ascent, 0);
        Arrays.fill(itemAscent, 0);
        for (row = 0; row < rows; row++) {
            regularizer.step(this, examples[row]);
        }
        backward(into);
    }

    private void backward(HistoryGradients into) {
        Arrays.fill(userGradient, 0);
        Arrays.fill(userContentGradient, 0);
        Arrays.fill(itemGradient, 0);
        for (int c = 0; c < 2 * rows; c++) {
            float gradient = -ascent[c] * SCALE / rows;
            int r = c % rows;
            kernels.axpy(gradient, items.unit(), c * dim, userGradient, r * dim, dim);
            kernels.axpy(gradient, items.content(), c * contentDim, userContentGradient, r * contentDim, contentDim);
            kernels.axpy(gradient, users.unit(), r * dim, itemGradient, c * dim, dim);
        }
        kernels.axpy(-1f / rows, itemAscent, 0, itemGradient, 0, itemAscent.length);
        items.backward(itemGradient, guided.items(), guided.text(), into);
        if (guided.users()) {
            users.backward(histories, rows, userGradient, userContentGradient, into);
        }
    }

    @Override
    public float difference(int user, int i, int j) {
        return score[row] - score[rows + row];
    }

    @Override
    public float score(int user, int item) {
        return score[item == items.items()[row] ? row : rows + row];
    }

    @Override
    public float uncertainty(int user, int item) {
        return DotProductModel.entropy(score(user, item));
    }

    @Override
    public void guide(int user, int i, int j, float gradient) {
        ascent[row] += gradient;
        ascent[rows + row] -= gradient;
    }

    @Override
    public void guide(int user, int item, float gradient) {
        ascent[row] += gradient;
    }

    @Override
    public float[] itemVectors() {
        return items.unit();
    }

    @Override
    public int vectorStart(int item) {
        return (item == items.items()[row] ? row : rows + row) * dim;
    }

    @Override
    public void guideVector(int item, float[] gradient) {
        kernels.axpy(1, gradient, 0, itemAscent, vectorStart(item), dim);
    }
}
