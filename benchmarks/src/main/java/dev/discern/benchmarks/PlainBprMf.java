package dev.discern.benchmarks;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.trainer.BprMfParameters;
import java.util.SplittableRandom;

/**
 * BPR-MF with row-wise AdaGrad written straight down, as a textbook or a C++ library has it: one sample at a time, the platform's
 * generator, a binary search for what the user has, {@code Math.exp}, loops over floats. It shares no code with the trainer and
 * must reach the same loss.
 */
final class PlainBprMf {

    private static final Seeds SEEDS = new Seeds(1);
    private static final double INITIAL_SCALE = 0.1;
    private static final float EPSILON = 1e-2f;

    private final InteractionMatrix sorted;
    private final int[] userOf; // (interactions)
    private final int dim;
    private final float learningRate;
    private final float decay;
    private final float[] users; // (users, dim)
    private final float[] items; // (items, dim)
    private final float[] bias; // (items)
    private final float[] userSquares; // (users)
    private final float[] itemSquares; // (items)
    private final SplittableRandom random = SEEDS.random("plain");

    PlainBprMf(TrainingData data, BprMfParameters parameters) {
        sorted = data.split().train().sorted();
        userOf = data.userOf();
        dim = parameters.dim();
        learningRate = parameters.learningRate();
        decay = parameters.decay();
        users = gaussian(data.users() * dim);
        items = gaussian(data.items() * dim);
        bias = new float[data.items()];
        userSquares = new float[data.users()];
        itemSquares = new float[data.items()];
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) (random.nextGaussian() * INITIAL_SCALE / Math.sqrt(dim));
        }
        return values;
    }

    /** Trains one epoch more; returns samples a second. */
    double epoch() {
        return Turns.rate(userOf.length, () -> {
            for (int sample = 0; sample < userOf.length; sample++) {
                step();
            }
        });
    }

    /** The live tables as a model that scores. */
    DotProductModel model() {
        return new DotProductModel(dim, users, items, bias);
    }

    private void step() {
        int interaction = random.nextInt(userOf.length);
        int user = userOf[interaction];
        int positive = sorted.columns()[interaction];
        int negative = random.nextInt(bias.length);
        while (sorted.contains(user, negative)) {
            negative = random.nextInt(bias.length);
        }
        int u = user * dim;
        int i = positive * dim;
        int j = negative * dim;
        float difference = bias[positive] - bias[negative];
        for (int k = 0; k < dim; k++) {
            difference += users[u + k] * (items[i + k] - items[j + k]);
        }
        float gradient = (float) (1 / (1 + Math.exp(difference)));
        float userRate = rate(userSquares, user, gradient);
        float positiveRate = rate(itemSquares, positive, gradient);
        float negativeRate = rate(itemSquares, negative, gradient);
        for (int k = 0; k < dim; k++) {
            float x = users[u + k];
            float y = items[i + k];
            float z = items[j + k];
            users[u + k] = x + userRate * (gradient * (y - z) - decay * x);
            items[i + k] = y + positiveRate * (gradient * x - decay * y);
            items[j + k] = z + negativeRate * (-gradient * x - decay * z);
        }
        bias[positive] += positiveRate * (gradient - decay * bias[positive]);
        bias[negative] += negativeRate * (-gradient - decay * bias[negative]);
    }

    private float rate(float[] squares, int row, float gradient) {
        squares[row] += gradient * gradient;
        return learningRate / (float) Math.sqrt(squares[row] + EPSILON);
    }
}
