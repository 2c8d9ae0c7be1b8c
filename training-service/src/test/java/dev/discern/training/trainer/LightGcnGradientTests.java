package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.lightgcn.DenseGraph;
import dev.discern.training.backbone.lightgcn.InteractionGraph;
import dev.discern.training.backbone.lightgcn.LightGcn;
import dev.discern.training.dataset.SoftScores;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Gradients of LightGCN against central differences of losses that see a dense propagation in doubles. */
class LightGcnGradientTests {

    private static final int DIM = 5;
    private static final int LAYERS = 3;
    private static final int USERS = 4;
    private static final float STEP = 1e-3f;
    private static final int[] NONE = {};

    /** One user has nothing, and so one item. */
    private static final InteractionMatrix TRAIN =
            new InteractionMatrix(5, new int[] {0, 2, 5, 5, 6}, new int[] {3, 1, 0, 3, 4, 1});

    private final LightGcn model = model();

    @Test
    void theBaseLossFallsAlongItsGradientThroughThePropagation() {
        int[] user = {0, 1, 1, 3, 0, 7};
        int[] positive = {3, 0, 3, 1, 1, 7};
        int[] negative = {2, 1, 2, 4, 0, 7};
        int size = 5; // the last is none of the batch
        float decay = 0.3f;
        ToDoubleFunction<double[][]> loss = v -> {
            double sum = 0;
            for (int n = 0; n < size; n++) {
                double difference = score(v, user[n], positive[n]) - score(v, user[n], negative[n]);
                sum += Math.log1p(Math.exp(-difference)) / size;
                for (int node : new int[] {user[n], USERS + positive[n], USERS + negative[n]}) {
                    for (int d = 0; d < DIM; d++) {
                        float e = model.embeddings()[node * DIM + d];
                        sum += decay * 0.5 * e * e / size;
                    }
                }
            }
            return sum;
        };

        LightGcnBatch batch = new LightGcnBatch(model, decay, Kernels.best());
        batch.forward();
        double base = batch.pairs(user, positive, negative, size);
        assertGradient(batch.backward(user, positive, negative, size), loss);

        batch = new LightGcnBatch(model, 0, Kernels.best());
        batch.forward();
        assertThat(batch.pairs(user, positive, negative, size)).isEqualTo(base);
    }

    @Test
    void theRegularizersLossFallsAlongItsGradientThroughThePropagation() {
        int[] user = {0, 1, 2, 3};
        int[] item = {4, 0, 2, 2};
        float[] target = {0.5f, -1, 1, 0};
        float lambda = 0.7f;
        PointwiseRegularizer regularizer = new PointwiseRegularizer(new SoftScores(user, item, target), lambda);
        int[] examples = {2, 0, 3, 2, 1};

        LightGcnBatch batch = new LightGcnBatch(model, 0.3f, Kernels.best());
        for (int again = 0; again < 2; again++) { // a step forgets the one before it
            batch.forward();
            batch.judged(regularizer, examples);
        }

        assertGradient(batch.backward(NONE, NONE, NONE, 0), v -> {
            double sum = 0;
            for (int n : examples) {
                double off = score(v, user[n], item[n]) - target[n];
                sum += lambda * 0.5 * off * off / examples.length;
            }
            return sum;
        });
    }

    @Test
    void seesTheScoresOfThePropagatedVectors() {
        double[][] v = DenseGraph.mean(DenseGraph.of(TRAIN), LAYERS, model.embeddings(), DIM);
        LightGcnBatch batch = new LightGcnBatch(model, 0, Kernels.best());
        batch.forward();

        assertThat((double) batch.score(3, 2)).isCloseTo(score(v, 3, 2), within(1e-5));
        assertThat((double) batch.difference(1, 3, 2)).isCloseTo(score(v, 1, 3) - score(v, 1, 2), within(1e-5));
        double p = 1 / (1 + Math.exp(-score(v, 0, 1)));
        double bits = -(p * Math.log(p) + (1 - p) * Math.log(1 - p)) / Math.log(2);
        assertThat((double) batch.uncertainty(0, 1)).isCloseTo(bits, within(1e-5));
    }

    /** The sigmoid is looked up in a table, which costs up to 0.0005 of a vector's length of about 1. */
    private void assertGradient(float[] found, ToDoubleFunction<double[][]> loss) {
        double[][] a = DenseGraph.of(TRAIN);
        float[] embeddings = model.embeddings();
        for (int at = 0; at < embeddings.length; at++) {
            float before = embeddings[at];
            float above = before + STEP;
            float below = before - STEP;
            embeddings[at] = above;
            double up = loss.applyAsDouble(DenseGraph.mean(a, LAYERS, embeddings, DIM));
            embeddings[at] = below;
            double down = loss.applyAsDouble(DenseGraph.mean(a, LAYERS, embeddings, DIM));
            embeddings[at] = before;
            double expected = (up - down) / ((double) above - below);
            assertThat((double) found[at])
                    .as("embedding %d at %d", at / DIM, at % DIM)
                    .isCloseTo(expected, within(5e-4 + 1e-3 * Math.abs(expected)));
        }
        double largest = 0;
        for (float value : found) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isGreaterThan(0.05); // it is no gradient of nothing
    }

    private static double score(double[][] v, int user, int item) {
        double sum = 0;
        for (int d = 0; d < DIM; d++) {
            sum += v[user][d] * v[USERS + item][d];
        }
        return sum;
    }

    /** With embeddings whose entries are about 1. */
    private static LightGcn model() {
        LightGcn model = LightGcn.random(InteractionGraph.of(TRAIN), DIM, LAYERS, new Seeds(3));
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < model.embeddings().length; k++) {
            model.embeddings()[k] = (float) random.nextGaussian();
        }
        return model;
    }
}
