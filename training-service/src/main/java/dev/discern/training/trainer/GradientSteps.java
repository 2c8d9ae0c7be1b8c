package dev.discern.training.trainer;

import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.optimizer.RowAdaGrad;

/** Applies gradients by the score (difference) to the rows of a model, with row-wise AdaGrad and L2 decay. */
final class GradientSteps implements GuidedModel {

    private static final int CACHE_LINE_FLOATS = 16;

    private final BprMf model;
    private final DotProductModel scores;
    private final VectorKernels kernels;
    private final RowAdaGrad userSteps;
    private final RowAdaGrad itemSteps;
    private final float decay;

    GradientSteps(BprMf model, VectorKernels kernels, float learningRate, float decay) {
        this.model = model;
        this.scores = model.tables();
        this.kernels = kernels;
        this.userSteps = new RowAdaGrad(model.users(), learningRate);
        this.itemSteps = new RowAdaGrad(model.items(), learningRate);
        this.decay = decay;
    }

    @Override
    public float difference(int user, int i, int j) {
        return scores.difference(user, i, j, kernels);
    }

    @Override
    public float score(int user, int item) {
        return scores.score(user, item, kernels);
    }

    @Override
    public float uncertainty(int user, int item) {
        return scores.uncertainty(user, item, kernels);
    }

    /** A step of the base loss: ascends by {@code gradient} along {@code s(u, i) − s(u, j)}, and decays what it touches. */
    void base(int user, int i, int j, float gradient) {
        pair(user, i, j, gradient, decay);
    }

    /**
     * A step of a regularizer along {@code s(u, i) − s(u, j)}. It does not decay: L2 belongs to the base loss, and a second decay
     * would shrink the judged users and items however small λ is.
     */
    @Override
    public void guide(int user, int i, int j, float gradient) {
        pair(user, i, j, gradient, 0);
    }

    private void pair(int user, int i, int j, float gradient, float decay) {
        int dim = model.dim();
        float rateI = itemSteps.rate(i, gradient);
        float rateJ = itemSteps.rate(j, gradient);
        kernels.pairUpdate(
                model.userTable(),
                user * dim,
                model.itemTable(),
                i * dim,
                j * dim,
                dim,
                gradient,
                decay,
                userSteps.rate(user, gradient),
                rateI,
                rateJ);
        float[] bias = model.itemBias();
        bias[i] += rateI * (gradient - decay * bias[i]);
        bias[j] += rateJ * (-gradient - decay * bias[j]);
    }

    /** A step of a regularizer along {@code s(u, i)}, without decay. */
    @Override
    public void guide(int user, int item, float gradient) {
        int dim = model.dim();
        float userRate = userSteps.rate(user, gradient);
        float itemRate = itemSteps.rate(item, gradient);
        float[] users = model.userTable();
        float[] items = model.itemTable();
        for (int k = 0; k < dim; k++) {
            float u = users[user * dim + k];
            float i = items[item * dim + k];
            users[user * dim + k] = u + userRate * (gradient * i);
            items[item * dim + k] = i + itemRate * (gradient * u);
        }
        model.itemBias()[item] += itemRate * gradient;
    }

    @Override
    public float[] itemVectors() {
        return model.itemTable();
    }

    @Override
    public int vectorStart(int item) {
        return item * model.dim();
    }

    @Override
    public void guideVector(int item, float[] gradient) {
        float length = (float) Math.sqrt(kernels.dot(gradient, 0, gradient, 0, gradient.length));
        kernels.axpy(itemSteps.rate(item, length), gradient, 0, model.itemTable(), vectorStart(item), gradient.length);
    }

    /** Reads each cache line of three rows, so that they are near when they are needed; the sum is of no use. */
    float fetch(int user, int i, int j) {
        int dim = model.dim();
        float[] users = model.userTable();
        float[] items = model.itemTable();
        float sum = 0;
        for (int k = 0; k < dim; k += CACHE_LINE_FLOATS) {
            sum += users[user * dim + k] + items[i * dim + k] + items[j * dim + k];
        }
        int last = dim - 1; // rows begin within a line, and so have one line more
        return sum + users[user * dim + last] + items[i * dim + last] + items[j * dim + last];
    }

    BprMf model() {
        return model;
    }

    RowAdaGrad userSteps() {
        return userSteps;
    }

    RowAdaGrad itemSteps() {
        return itemSteps;
    }
}
