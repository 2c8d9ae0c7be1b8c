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
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.backbone.lightgcn.InteractionGraph;
import dev.discern.training.backbone.lightgcn.LightGcn;
import dev.discern.training.dataset.JudgedPairs;
import dev.discern.training.dataset.SoftScores;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.objective.CalibratedCrossEntropy;
import dev.discern.training.objective.TextAlignment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gradients of LightGCN through its propagation, against PyTorch on a dense adjacency. */
class LightGcnOracleTests {

    private static final int USERS = 12;
    private static final int ITEMS = 9;
    private static final int NODES = USERS + ITEMS;
    private static final int DIM = 13;
    private static final int LAYERS = 3;
    private static final int ROWS = 10;
    private static final float LAMBDA = 0.7f;
    private static final int[] NONE = {};

    private final SplittableRandom random = new SplittableRandom(6);
    private final InteractionMatrix train = train();
    private final LightGcn model = model();
    private final Autograd torch = new Autograd();
    private final NDArray embeddings = torch.parameter(model.embeddings(), NODES, DIM);
    private final NDArray adjacency = torch.constant(adjacency(), NODES, NODES);
    private final int[] user = Arrays.stream(draw(USERS)).sorted().toArray(); // as judged examples are
    private final int[] item = draw(ITEMS);
    private final int[] other = draw(ITEMS);

    @AfterEach
    void close() {
        torch.close();
    }

    @Test
    void bprWithDecay() {
        float decay = 0.3f;
        LightGcnBatch batch = new LightGcnBatch(model, decay, Kernels.best());
        batch.forward();
        double loss = batch.pairs(user, item, other, ROWS) / ROWS;
        float[] found = batch.backward(user, item, other, ROWS);

        double expected = softPlus(difference().neg()).sum().toDoubleArray()[0] / ROWS;
        assertThat(loss).isCloseTo(expected, within(1e-5 * expected));
        backward(() -> softPlus(difference().neg())
                .sum()
                .add(square(user, 0)
                        .add(square(item, USERS))
                        .add(square(other, USERS))
                        .mul(decay / 2))
                .div(ROWS));
        assertGradient("lightgcn's bpr by E", found, embeddings, TABLE);
    }

    @Test
    void calibratedCrossEntropyOfPairs() {
        float[] p = new float[ROWS];
        for (int n = 0; n < ROWS; n++) {
            p[n] = random.nextFloat();
        }
        JudgedPairs pairs = new JudgedPairs(user, item, other, new float[ROWS], new float[ROWS]);
        float[] found = judged(new PairRegularizer(pairs, new CalibratedCrossEntropy(p), LAMBDA));

        NDArray target = torch.constant(p, ROWS, 1);
        backward(() -> {
            NDArray d = difference();
            return softPlus(d).sub(target.mul(d)).sum().mul(LAMBDA / ROWS);
        });
        assertGradient("lightgcn's cross-entropy by E", found, embeddings, TABLE);
    }

    @Test
    void pointwiseDistillation() {
        float[] z = gaussian(ROWS);
        float[] found = judged(new PointwiseRegularizer(new SoftScores(user, item, z), LAMBDA));

        NDArray target = torch.constant(z, ROWS, 1);
        backward(() -> {
            NDArray v = vectors();
            return score(v, item).sub(target).square().sum().mul(0.5 * LAMBDA / ROWS);
        });
        assertGradient("lightgcn's pointwise by E", found, embeddings, FLOATS);
    }

    @Test
    void textAlignmentOfItems() {
        int textDim = 7;
        TextFeatures texts = new TextFeatures(textDim, gaussian(ITEMS * textDim), 1, new float[ITEMS]);
        TextAlignment alignment = new TextAlignment(texts, DIM, 0, new Seeds(8)); // its projection stands still
        AlignmentRegularizer regularizer = new AlignmentRegularizer(TrainingData.of(train), alignment, LAMBDA);
        float[] found = judged(regularizer);

        int[] of = IntStream.range(0, ROWS).map(regularizer::item).toArray();
        NDArray m = torch.constant(alignment.projection(), DIM, textDim);
        NDArray t = torch.oneHot(of, ITEMS).matMul(torch.constant(texts.wide(), ITEMS, textDim));
        backward(() -> unit(rows(of, USERS).matMul(vectors()))
                .mul(unit(t.matMul(m.transpose())))
                .sum()
                .neg()
                .add(ROWS)
                .mul(LAMBDA / ROWS));
        assertGradient("lightgcn's text alignment by E", found, embeddings, FLOATS);
    }

    private float[] judged(Regularizer regularizer) {
        LightGcnBatch batch = new LightGcnBatch(model, 0.3f, Kernels.best());
        batch.forward();
        batch.judged(regularizer, IntStream.range(0, ROWS).toArray());
        return batch.backward(NONE, NONE, NONE, 0);
    }

    /** {@code ( E + A E + A² E + … ) / (L + 1)}. */
    private NDArray vectors() {
        NDArray sum = embeddings;
        NDArray far = embeddings;
        for (int layer = 1; layer <= LAYERS; layer++) {
            far = adjacency.matMul(far);
            sum = sum.add(far);
        }
        return sum.div(LAYERS + 1);
    }

    private NDArray difference() {
        NDArray v = vectors();
        return score(v, item).sub(score(v, other));
    }

    /** Of each row's user and item, (rows, 1). */
    private NDArray score(NDArray v, int[] items) {
        return rows(user, 0).matMul(v).mul(rows(items, USERS).matMul(v)).sum(new int[] {1}, true);
    }

    /** The squared embeddings of these nodes. */
    private NDArray square(int[] nodes, int offset) {
        return rows(nodes, offset).matMul(embeddings).square().sum();
    }

    private NDArray rows(int[] nodes, int offset) {
        return torch.oneHot(Arrays.stream(nodes).map(node -> node + offset).toArray(), NODES);
    }

    /** {@code 1 / √(degree(u) · degree(i))} for each interaction, both ways. */
    private double[] adjacency() {
        int[] degree = new int[ITEMS];
        for (int column : train.columns()) {
            degree[column]++;
        }
        double[] a = new double[NODES * NODES];
        for (int u = 0; u < USERS; u++) {
            for (int at = train.rowStart()[u]; at < train.rowStart()[u + 1]; at++) {
                int i = train.columns()[at];
                double weight = 1 / Math.sqrt((double) train.length(u) * degree[i]);
                a[u * NODES + USERS + i] = weight;
                a[(USERS + i) * NODES + u] = weight;
            }
        }
        return a;
    }

    /** Users of one to five items, and one of none. */
    private InteractionMatrix train() {
        int[] rowStart = new int[USERS + 1];
        IntStream.Builder columns = IntStream.builder();
        for (int u = 0; u < USERS; u++) {
            int length = u == 4 ? 0 : 3 + u % 5; // two of them are held out of training data
            for (int n = 0; n < length; n++) {
                columns.add((u + 2 * n) % ITEMS);
            }
            rowStart[u + 1] = rowStart[u] + length;
        }
        return new InteractionMatrix(ITEMS, rowStart, columns.build().toArray());
    }

    private LightGcn model() {
        LightGcn made = LightGcn.random(InteractionGraph.of(train), DIM, LAYERS, new Seeds(3));
        System.arraycopy(gaussian(NODES * DIM), 0, made.embeddings(), 0, NODES * DIM);
        return made;
    }

    private int[] draw(int bound) {
        return IntStream.range(0, ROWS).map(n -> random.nextInt(bound)).toArray();
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int at = 0; at < length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return values;
    }
}
