package dev.discern.training.trainer;

import static dev.discern.training.trainer.Autograd.FLOATS;
import static dev.discern.training.trainer.Autograd.TABLE;
import static dev.discern.training.trainer.Autograd.assertGradient;
import static dev.discern.training.trainer.Autograd.backward;
import static dev.discern.training.trainer.Autograd.softPlus;
import static dev.discern.training.trainer.Autograd.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.RowGradients;
import dev.discern.training.backbone.history.HistoryGradients;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.CalibratedCrossEntropy;
import dev.discern.training.objective.HingeLoss;
import dev.discern.training.objective.TextAlignment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradient of every parameter of the history model, through norms, projections and weights of recency, against PyTorch. */
class HistoryOracleTests {

    private static final int ITEMS = 71;
    private static final int DIM = 13;
    private static final int CONTENT = 7;
    private static final int USERS = 11;
    private static final int WIDTH = HistoryModel.HISTORY;
    private static final float LAMBDA = 0.7f;

    private final SplittableRandom random = new SplittableRandom(5);
    private final VectorKernels kernels = Kernels.best();
    private final InteractionMatrix histories = histories();
    private final HistoryModel model = model();
    private final HistoryGradients gradients = HistoryGradients.of(model, kernels);
    private final Autograd torch = new Autograd();
    private final NDArray item = torch.parameter(model.item(), ITEMS, DIM);
    private final NDArray context = torch.parameter(model.context(), ITEMS, DIM);
    private final NDArray itemText = torch.parameter(model.itemText(), DIM, DIM);
    private final NDArray contextText = torch.parameter(model.contextText(), DIM, DIM);
    private final NDArray recency = torch.parameter(model.recency(), 1, WIDTH);
    private final NDArray contentRecency = torch.parameter(model.contentRecency(), 1, WIDTH);
    private final NDArray gain = torch.parameter(model.contentGain(), 1);
    private final NDArray wide = torch.constant(model.text().wide(), ITEMS, DIM);
    private final NDArray narrow = torch.constant(model.text().narrow(), ITEMS, CONTENT);

    @AfterEach
    void close() {
        torch.close();
    }

    /** Vectors of rows: what is learned, and text alone. */
    private record Side(NDArray learned, NDArray content) {

        NDArray times(Side other) {
            return learned.matMul(other.learned.transpose())
                    .add(content.matMul(other.content.transpose()))
                    .div(HistoryModel.TEMPERATURE);
        }
    }

    /** {@code [ norm(Σ w (C + t Wc)) ; g norm(Σ w2 p) ]} of these users. */
    private Side users(int[] users) {
        double[] at = new double[WIDTH * users.length * ITEMS];
        for (int r = 0; r < users.length; r++) {
            int newest = histories.rowStart()[users[r] + 1] - 1;
            for (int k = 0; k < Math.min(WIDTH, histories.length(users[r])); k++) {
                at[(k * users.length + r) * ITEMS + histories.columns()[newest - k]] = 1;
            }
        }
        NDArray places = torch.constant(at, WIDTH, (long) users.length * ITEMS);
        NDArray weights = recency.matMul(places).reshape(users.length, ITEMS);
        NDArray contentWeights = contentRecency.matMul(places).reshape(users.length, ITEMS);
        return new Side(
                unit(weights.matMul(context.add(wide.matMul(contextText)))),
                unit(contentWeights.matMul(narrow)).mul(gain));
    }

    /** {@code [ norm(E + t W) ; p ]} of these items, those of {@code kept} below zero without E. */
    private Side items(int[] items, int[] kept) {
        NDArray chosen = torch.oneHot(items, ITEMS);
        NDArray learned = torch.oneHot(kept, ITEMS).matMul(item);
        return new Side(unit(learned.add(chosen.matMul(wide).matMul(itemText))), chosen.matMul(narrow));
    }

    private Side items(int[] items) {
        return items(items, items);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sampledSoftmaxWithLogQCorrection(boolean drop) {
        int columns = USERS + 17;
        int[] candidates = new int[columns];
        int[] kept = new int[columns];
        for (int c = 0; c < columns; c++) {
            candidates[c] = c == 3 || c == USERS + 5 ? candidates[2] : random.nextInt(ITEMS); // a target there thrice
            kept[c] = drop && c % 3 == 1 ? -1 : candidates[c];
        }
        float[] logExpected = new float[ITEMS];
        for (int i = 0; i < ITEMS; i++) {
            logExpected[i] = (float) (-3 * random.nextDouble());
        }
        HistoryBatch batch = new HistoryBatch(model, USERS, columns, logExpected, kernels);
        for (int user = 0; user < USERS; user++) {
            batch.histories().put(user, histories, user);
        }
        for (int c = 0; c < columns; c++) {
            batch.items().add(candidates[c], kept[c] < 0);
        }

        double loss = batch.loss();
        batch.backward(gradients);

        double[] correction = new double[USERS * columns];
        double[] target = new double[USERS * columns];
        for (int r = 0; r < USERS; r++) {
            for (int c = 0; c < columns; c++) {
                boolean again = candidates[c] == candidates[r] && c != r;
                correction[r * columns + c] = again ? -1e9 : -logExpected[candidates[c]];
            }
            target[r * columns + r] = -1.0 / USERS;
        }
        double expected = backward(() -> users(all())
                .times(items(candidates, kept))
                .add(torch.constant(correction, USERS, columns))
                .logSoftmax(1)
                .mul(torch.constant(target, USERS, columns))
                .sum());
        assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
        assertGradients("softmax" + (drop ? " with dropout" : ""), FLOATS);
    }

    @Test
    void calibratedCrossEntropyOfPairs() {
        JudgedPairs pairs = pairs();
        float[] p = new float[USERS];
        for (int n = 0; n < USERS; n++) {
            p[n] = random.nextFloat();
        }
        run(new PairRegularizer(pairs, new CalibratedCrossEntropy(p), LAMBDA));

        NDArray target = torch.constant(p, USERS, 1);
        backward(() -> {
            NDArray d = difference(pairs);
            return softPlus(d).sub(target.mul(d)).sum().mul(LAMBDA / USERS);
        });
        assertGradients("cross-entropy", TABLE);
    }

    @Test
    void hingeOfPairs() {
        JudgedPairs pairs = pairs();
        run(new PairRegularizer(pairs, new HingeLoss(1), LAMBDA));

        backward(() -> difference(pairs).neg().add(1).maximum(0).sum().mul(LAMBDA / USERS));
        assertGradients("hinge", FLOATS);
    }

    @Test
    void pointwiseDistillation() {
        JudgedPairs pairs = pairs();
        float[] z = gaussian(USERS);
        run(new PointwiseRegularizer(new SoftScores(pairs.user(), pairs.preferred(), z), LAMBDA));

        NDArray target = torch.constant(z, USERS, 1);
        backward(() -> own(users(pairs.user()), items(pairs.preferred()))
                .sub(target)
                .square()
                .sum()
                .mul(0.5 * LAMBDA / USERS));
        assertGradients("pointwise", FLOATS);
    }

    /** It moves items alone: theirs and their texts' weights. */
    @Test
    void textAlignmentOfItems() {
        TrainingData data = TrainingData.of(histories);
        TextAlignment alignment = new TextAlignment(model.text(), DIM, 0, new Seeds(8)); // its projection stands still
        int[] examples = IntStream.range(0, USERS).map(n -> 3 * n).toArray();
        AlignmentRegularizer regularizer = new AlignmentRegularizer(data, alignment, LAMBDA);
        run(regularizer, examples);

        int[] of = Arrays.stream(examples).map(regularizer::item).toArray();
        NDArray m = torch.constant(alignment.projection(), DIM, DIM);
        NDArray texts = torch.oneHot(of, ITEMS).matMul(wide);
        backward(() -> unit(items(of).learned())
                .mul(unit(texts.matMul(m.transpose())))
                .sum()
                .neg()
                .add(USERS)
                .mul(LAMBDA / USERS));
        assertGradient("text alignment by E", dense(gradients.item()), item, FLOATS);
        assertGradient("text alignment by W", gradients.itemText(), itemText, FLOATS);
        assertThat(dense(gradients.context())).containsOnly(0);
        assertThat(gradients.recency()).containsOnly(0);
    }

    private void run(Regularizer regularizer) {
        run(regularizer, all());
    }

    private void run(Regularizer regularizer, int[] examples) {
        new JudgedBatch(model, regularizer, histories, USERS, new JudgedBatch.Guided(true, true, true), kernels)
                .run(examples, gradients);
    }

    /** {@code s(u, i) − s(u, j)} of each pair, (pairs, 1). */
    private NDArray difference(JudgedPairs pairs) {
        Side users = users(pairs.user());
        return own(users, items(pairs.preferred())).sub(own(users, items(pairs.other())));
    }

    /** The score of each user's own item, (rows, 1). */
    private static NDArray own(Side users, Side items) {
        int[] alongRow = {1};
        return users.learned()
                .mul(items.learned())
                .sum(alongRow, true)
                .add(users.content().mul(items.content()).sum(alongRow, true))
                .div(HistoryModel.TEMPERATURE);
    }

    private void assertGradients(String what, double tolerance) {
        assertGradient(what + " by E", dense(gradients.item()), item, tolerance);
        assertGradient(what + " by C", dense(gradients.context()), context, tolerance);
        assertGradient(what + " by W", gradients.itemText(), itemText, tolerance);
        assertGradient(what + " by Wc", gradients.contextText(), contextText, tolerance);
        assertGradient(what + " by w", gradients.recency(), recency, tolerance);
        assertGradient(what + " by w2", gradients.contentRecency(), contentRecency, tolerance);
        assertGradient(what + " by g", gradients.contentGain(), gain, tolerance);
    }

    private static int[] all() {
        return IntStream.range(0, USERS).toArray();
    }

    private JudgedPairs pairs() {
        int[] preferred = new int[USERS];
        int[] other = new int[USERS];
        for (int n = 0; n < USERS; n++) {
            preferred[n] = random.nextInt(ITEMS);
            other[n] = (preferred[n] + 1 + random.nextInt(ITEMS - 1)) % ITEMS;
        }
        return new JudgedPairs(all(), preferred, other, new float[USERS], new float[USERS]);
    }

    private static float[] dense(RowGradients rows) {
        float[] table = new float[ITEMS * DIM];
        for (int slot = 0; slot < rows.size(); slot++) {
            System.arraycopy(rows.values(), slot * DIM, table, rows.row(slot) * DIM, DIM);
        }
        return table;
    }

    /** Users of more items than count, of a few, and of none. */
    private InteractionMatrix histories() {
        int[] rowStart = new int[USERS + 1];
        IntStream.Builder columns = IntStream.builder();
        for (int user = 0; user < USERS; user++) {
            int length = user == 0 ? WIDTH + 9 : user == 7 ? 0 : 3 + user;
            int first = random.nextInt(ITEMS);
            for (int n = 0; n < length; n++) {
                columns.add((first + 7 * n) % ITEMS);
            }
            rowStart[user + 1] = rowStart[user] + length;
        }
        return new InteractionMatrix(ITEMS, rowStart, columns.build().toArray());
    }

    /** With vectors of length about 1, as after training, and an item without a text. */
    private HistoryModel model() {
        float[] wideText = gaussian(ITEMS * DIM);
        float[] narrowText = gaussian(ITEMS * CONTENT);
        Arrays.fill(wideText, 6 * DIM, 7 * DIM, 0);
        Arrays.fill(narrowText, 6 * CONTENT, 7 * CONTENT, 0);
        HistoryModel made =
                HistoryModel.random(ITEMS, new TextFeatures(DIM, wideText, CONTENT, narrowText), new Seeds(3));
        System.arraycopy(gaussian(ITEMS * DIM), 0, made.item(), 0, ITEMS * DIM);
        System.arraycopy(gaussian(ITEMS * DIM), 0, made.context(), 0, ITEMS * DIM);
        return made;
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int at = 0; at < length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return values;
    }
}
