package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.RowGradients;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.HistoryVectors;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.objective.PairLoss;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every gradient of the history model against central differences, on a model small enough to try each parameter. */
class HistoryGradientTests {

    private static final int ITEMS = 9;
    private static final int DIM = 5;
    private static final int CONTENT = 3;
    private static final float STEP = 4e-3f;

    /** Users of one item, of several, of one twice, and of none. */
    private static final InteractionMatrix HISTORIES =
            new InteractionMatrix(ITEMS, new int[] {0, 1, 4, 6, 6}, new int[] {3, 1, 0, 7, 2, 2});

    /** Smooth and never saturated: {@code ½ (d − 1)²}. */
    private static final PairLoss SQUARE = new PairLoss() {
        @Override
        public double loss(int pair, float difference) {
            return 0.5 * (difference - 1.0) * (difference - 1.0);
        }

        @Override
        public float ascent(int pair, float difference) {
            return 1 - difference;
        }
    };

    private final VectorKernels kernels = Kernels.best();
    private final HistoryModel model = model();
    private final HistoryGradients gradients = HistoryGradients.of(model, kernels);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theBaseLossFallsAlongItsGradient(boolean drop) {
        float[] logExpected = new float[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            logExpected[item] = -0.3f * item;
        }
        HistoryBatch batch = new HistoryBatch(model, 4, 7, logExpected, kernels);
        int[] candidates = {1, 4, 1, 8, 5, 4, 0}; // two rows of one target, a target that is drawn again
        for (int user = 0; user < 4; user++) {
            batch.histories().put(user, HISTORIES, user);
        }
        for (int c = 0; c < candidates.length; c++) {
            batch.items().add(candidates[c], drop && c % 3 == 1);
        }

        batch.loss();
        batch.backward(gradients);

        assertGradients(batch::loss);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theRegularizersLossFallsAlongItsGradient(int rows) {
        JudgedPairs pairs = new JudgedPairs(
                new int[] {0, 1, 3}, new int[] {4, 4, 8}, new int[] {6, 5, 0}, new float[3], new float[3]);
        float lambda = 0.05f;
        PairRegularizer regularizer = new PairRegularizer(pairs, SQUARE, lambda);
        int[] examples = rows == 1 ? new int[] {1} : new int[] {0, 1, 2};

        new JudgedBatch(model, regularizer, HISTORIES, rows, new JudgedBatch.Guided(true, true, true), kernels)
                .run(examples, gradients);

        assertGradients(() -> {
            float[] users = HistoryVectors.of(HISTORIES, model.tables(kernels), kernels);
            float[] items = model.itemVectors(kernels);
            int dim = model.vectorDim();
            double loss = 0;
            for (int n : examples) {
                float difference = kernels.pairDifference(
                        users, pairs.user()[n] * dim, items, pairs.preferred()[n] * dim, pairs.other()[n] * dim, dim);
                loss += lambda * SQUARE.loss(n, difference) / rows;
            }
            return loss;
        });
    }

    /** Each parameter's central difference; floats leave an error of about 1e-7 / STEP times the loss. */
    private void assertGradients(DoubleSupplier loss) {
        List<float[]> parameters = model.parameters();
        List<float[]> found = List.of(
                dense(gradients.item()),
                dense(gradients.context()),
                gradients.itemText(),
                gradients.contextText(),
                gradients.recency(),
                gradients.contentRecency(),
                gradients.contentGain());
        for (int p = 0; p < parameters.size(); p++) {
            float[] values = parameters.get(p);
            double largest = 0;
            for (int at = 0; at < values.length; at++) {
                float before = values[at];
                values[at] = before + STEP;
                double up = loss.getAsDouble();
                values[at] = before - STEP;
                double down = loss.getAsDouble();
                values[at] = before;
                double expected = (up - down) / (2 * STEP);
                assertThat((double) found.get(p)[at])
                        .as("parameter %d at %d", p, at)
                        .isCloseTo(expected, within(2e-3 + 5e-3 * Math.abs(expected)));
                largest = Math.max(largest, Math.abs(expected));
            }
            assertThat(largest).as("parameter " + p).isGreaterThan(0.02); // it is no gradient of nothing
        }
    }

    private static float[] dense(RowGradients rows) {
        float[] table = new float[ITEMS * DIM];
        for (int slot = 0; slot < rows.size(); slot++) {
            System.arraycopy(rows.values(), slot * DIM, table, rows.row(slot) * DIM, DIM);
        }
        return table;
    }

    /** With vectors of length about 1, as after training. */
    private static HistoryModel model() {
        SplittableRandom random = new SplittableRandom(5);
        float[] wide = gaussian(ITEMS * DIM, random);
        float[] narrow = gaussian(ITEMS * CONTENT, random);
        for (int d = 0; d < DIM; d++) {
            wide[6 * DIM + d] = 0; // an item without a text
        }
        for (int d = 0; d < CONTENT; d++) {
            narrow[6 * CONTENT + d] = 0;
        }
        HistoryModel model = HistoryModel.random(ITEMS, new TextFeatures(DIM, wide, CONTENT, narrow), new Seeds(3));
        System.arraycopy(gaussian(ITEMS * DIM, random), 0, model.item(), 0, ITEMS * DIM);
        System.arraycopy(gaussian(ITEMS * DIM, random), 0, model.context(), 0, ITEMS * DIM);
        return model;
    }

    private static float[] gaussian(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
