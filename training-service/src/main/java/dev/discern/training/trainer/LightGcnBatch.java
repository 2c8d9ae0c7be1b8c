package dev.discern.training.trainer;

import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.lightgcn.LightGcn;
import dev.discern.training.objective.BprLoss;
import java.util.Arrays;

/**
 * One step of LightGCN: a propagation, losses by the propagated vectors V, and their gradient back to the embeddings E. With B pairs
 * and J judged examples
 *
 * <pre>
 *   L = 1/B Σ −log σ( s(u, i) − s(u, j) ) + decay / 2B Σ ( |E[u]|² + |E[i]|² + |E[j]|² ) + 1/J Σ regularizer
 * </pre>
 */
final class LightGcnBatch implements GuidedModel {

    private final LightGcn model;
    private final float decay;
    private final VectorKernels kernels;
    private final BprLoss bpr = new BprLoss();
    private final int dim;
    private final float[] vectors; // (nodes, dim) V
    private final float[] byVectors; // (nodes, dim) gradient by V
    private final float[] byEmbeddings; // (nodes, dim) gradient by E
    private float share; // of a judged example in the loss

    LightGcnBatch(LightGcn model, float decay, VectorKernels kernels) {
        this.model = model;
        this.decay = decay;
        this.kernels = kernels;
        this.dim = model.dim();
        this.vectors = new float[model.embeddings().length];
        this.byVectors = new float[vectors.length];
        this.byEmbeddings = new float[vectors.length];
    }

    /** Propagates the embeddings as they are now, and forgets all gradients. */
    void forward() {
        model.propagate(model.embeddings(), vectors, kernels);
        Arrays.fill(byVectors, 0);
    }

    /** Adds the gradient of the mean base loss of pairs, without the decay; returns the sum of their losses. */
    double pairs(int[] user, int[] positive, int[] negative, int size) {
        double sum = 0;
        for (int n = 0; n < size; n++) {
            float difference = difference(user[n], positive[n], negative[n]);
            sum += bpr.loss(n, difference);
            ascend(user[n], positive[n], negative[n], bpr.ascent(n, difference) / size);
        }
        return sum;
    }

    /** Adds the gradient of the regularizer's mean loss over examples. */
    void judged(Regularizer regularizer, int[] examples) {
        share = 1f / examples.length;
        for (int example : examples) {
            regularizer.step(this, example);
        }
    }

    /** The gradient by the embeddings, (nodes, dim), with the decay of these pairs. */
    float[] backward(int[] user, int[] positive, int[] negative, int size) {
        model.propagate(byVectors, byEmbeddings, kernels);
        float scale = decay / size;
        for (int n = 0; n < size; n++) {
            decay(user[n] * dim, scale);
            decay(vectorStart(positive[n]), scale);
            decay(vectorStart(negative[n]), scale);
        }
        return byEmbeddings;
    }

    private void decay(int row, float scale) {
        kernels.axpy(scale, model.embeddings(), row, byEmbeddings, row, dim);
    }

    private void ascend(int user, int i, int j, float gradient) {
        int u = user * dim;
        kernels.axpy(-gradient, vectors, vectorStart(i), byVectors, u, dim);
        kernels.axpy(gradient, vectors, vectorStart(j), byVectors, u, dim);
        kernels.axpy(-gradient, vectors, u, byVectors, vectorStart(i), dim);
        kernels.axpy(gradient, vectors, u, byVectors, vectorStart(j), dim);
    }

    /** Where an item's vector begins in the tables. */
    @Override
    public int vectorStart(int item) {
        return model.graph().node(item) * dim;
    }

    @Override
    public float difference(int user, int i, int j) {
        return kernels.pairDifference(vectors, user * dim, vectors, vectorStart(i), vectorStart(j), dim);
    }

    @Override
    public float score(int user, int item) {
        return kernels.dot(vectors, user * dim, vectors, vectorStart(item), dim);
    }

    @Override
    public float uncertainty(int user, int item) {
        return DotProductModel.entropy(score(user, item));
    }

    @Override
    public void guide(int user, int i, int j, float gradient) {
        ascend(user, i, j, share * gradient);
    }

    @Override
    public void guide(int user, int item, float gradient) {
        kernels.axpy(-share * gradient, vectors, vectorStart(item), byVectors, user * dim, dim);
        kernels.axpy(-share * gradient, vectors, user * dim, byVectors, vectorStart(item), dim);
    }

    @Override
    public float[] itemVectors() {
        return vectors;
    }

    @Override
    public void guideVector(int item, float[] gradient) {
        kernels.axpy(-share, gradient, 0, byVectors, vectorStart(item), dim);
    }
}
