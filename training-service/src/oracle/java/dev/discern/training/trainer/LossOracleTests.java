package dev.discern.training.trainer;

import static dev.discern.training.trainer.Autograd.FLOATS;
import static dev.discern.training.trainer.Autograd.TABLE;
import static dev.discern.training.trainer.Autograd.assertGradient;
import static dev.discern.training.trainer.Autograd.assertSame;
import static dev.discern.training.trainer.Autograd.backward;
import static dev.discern.training.trainer.Autograd.sigmoid;
import static dev.discern.training.trainer.Autograd.softPlus;
import static dev.discern.training.trainer.Autograd.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.objective.BprLoss;
import dev.discern.training.objective.CalibratedCrossEntropy;
import dev.discern.training.objective.HingeLoss;
import dev.discern.training.objective.PairLoss;
import dev.discern.training.objective.SelectiveHinge;
import dev.discern.training.objective.SquaredError;
import dev.discern.training.objective.TextAlignment;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Losses by the score difference, the score or an item's vector, and a step of BPR-MF, against PyTorch. */
class LossOracleTests {

    private static final int PAIRS = 101;

    private final SplittableRandom random = new SplittableRandom(11);
    private final Autograd torch = new Autograd();

    /** From -6 to 6. */
    private final float[] differences = new float[PAIRS];

    {
        for (int n = 0; n < PAIRS; n++) {
            differences[n] = 0.12f * n - 6.003f;
        }
    }

    @AfterEach
    void close() {
        torch.close();
    }

    @Test
    void bpr() {
        assertPairLoss("bpr by the difference", new BprLoss(), d -> softPlus(d.neg()), TABLE);
    }

    @Test
    void calibratedCrossEntropy() {
        float[] target = new float[PAIRS];
        for (int n = 0; n < PAIRS; n++) {
            target[n] = random.nextFloat();
        }
        NDArray p = torch.constant(target, PAIRS);
        assertPairLoss(
                "calibrated cross-entropy by the difference",
                new CalibratedCrossEntropy(target),
                d -> p.mul(softPlus(d.neg())).add(p.neg().add(1).mul(softPlus(d))),
                TABLE);
    }

    @Test
    void hinge() {
        assertPairLoss(
                "hinge by the difference",
                new HingeLoss(1.5f),
                d -> d.neg().add(1.5).maximum(0),
                FLOATS);
    }

    private void assertPairLoss(String what, PairLoss loss, UnaryOperator<NDArray> formula, double tolerance) {
        float[] gradient = new float[PAIRS];
        double sum = 0;
        for (int n = 0; n < PAIRS; n++) {
            gradient[n] = -loss.ascent(n, differences[n]);
            sum += loss.loss(n, differences[n]);
        }
        NDArray d = torch.parameter(differences, PAIRS);

        assertThat(sum).isCloseTo(backward(() -> formula.apply(d).sum()), within(1e-3));
        assertGradient(what, gradient, d, tolerance);
    }

    @Test
    void squaredError() {
        float[] target = gaussian(PAIRS);
        SquaredError loss = new SquaredError(target);
        float[] gradient = new float[PAIRS];
        for (int n = 0; n < PAIRS; n++) {
            gradient[n] = -loss.ascent(n, differences[n]);
        }
        NDArray s = torch.parameter(differences, PAIRS);

        backward(() -> s.sub(torch.constant(target, PAIRS)).square().mul(0.5).sum());

        assertGradient("pointwise by the score", gradient, s, FLOATS);
    }

    /** By the difference, and by the gate's own weights. */
    @Test
    void selectiveHinge() {
        float margin = 1.5f;
        double[] start = {0.3, -0.7, 0.9, 0.2};
        double[] cold = new double[PAIRS];
        double[] tailI = new double[PAIRS];
        double[] tailJ = new double[PAIRS];
        double[] doubtI = new double[PAIRS];
        double[] doubtJ = new double[PAIRS];
        float[] gradient = new float[PAIRS];
        double[] byWeight = new double[4];
        for (int n = 0; n < PAIRS; n++) {
            cold[n] = n % 2;
            tailI[n] = n % 3 == 0 ? 1 : 0;
            tailJ[n] = n % 5 == 0 ? 1 : 0;
            doubtI[n] = random.nextDouble();
            doubtJ[n] = random.nextDouble();
            SelectiveHinge hinge = new SelectiveHinge(margin, 1);
            hinge.restore(start);
            double alphaI = hinge.alpha(cold[n] > 0, tailI[n] > 0, doubtI[n]);
            double alphaJ = hinge.alpha(cold[n] > 0, tailJ[n] > 0, doubtJ[n]);
            gradient[n] = -hinge.ascent(alphaI, alphaJ, differences[n]);
            hinge.learn(cold[n] > 0, tailI[n] > 0, doubtI[n], alphaI, differences[n]);
            hinge.learn(cold[n] > 0, tailJ[n] > 0, doubtJ[n], alphaJ, differences[n]);
            for (int w = 0; w < 4; w++) {
                byWeight[w] += start[w] - hinge.parameters()[w]; // at rate 1 a step is the gradient
            }
        }
        NDArray w = torch.parameter(new float[] {0.3f, -0.7f, 0.9f, 0.2f}, 4, 1);
        NDArray d = torch.parameter(differences, PAIRS);

        backward(() -> alpha(w, cold, tailI, doubtI)
                .add(alpha(w, cold, tailJ, doubtJ))
                .mul(0.5)
                .mul(d.neg().add(margin).maximum(0))
                .sum());

        assertGradient("paper's hinge by the difference", gradient, d, FLOATS);
        float[] found = {(float) byWeight[0], (float) byWeight[1], (float) byWeight[2], (float) byWeight[3]};
        assertGradient("paper's hinge by the gate's weights", found, w, FLOATS);
    }

    private NDArray alpha(NDArray weights, double[] cold, double[] tail, double[] doubt) {
        double[] features = new double[PAIRS * 4];
        for (int n = 0; n < PAIRS; n++) {
            features[4 * n] = cold[n];
            features[4 * n + 1] = tail[n];
            features[4 * n + 2] = doubt[n];
            features[4 * n + 3] = 1;
        }
        return sigmoid(torch.constant(features, PAIRS, 4).matMul(weights)).reshape(PAIRS);
    }

    /** By the item's vector, and by the projection, whose step at rate 1 is minus its gradient. */
    @Test
    void textAlignment() {
        int dim = 13;
        int textDim = 7;
        float[] texts = gaussian(3 * textDim);
        TextAlignment alignment =
                new TextAlignment(new TextFeatures(textDim, texts, 1, new float[3]), dim, 1, new Seeds(4));
        float[] vectors = gaussian(3 * dim);
        float[] before = alignment.projection().clone();
        float[] ascent = new float[dim];

        double loss = alignment.step(1, vectors, dim, ascent);

        NDArray x = torch.parameter(Arrays.copyOfRange(vectors, dim, 2 * dim), 1, dim);
        NDArray m = torch.parameter(before, dim, textDim);
        NDArray t = torch.constant(Arrays.copyOfRange(texts, textDim, 2 * textDim), 1, textDim);
        double expected = backward(
                () -> unit(x).mul(unit(t.matMul(m.transpose()))).sum().neg().add(1));
        assertThat(loss).isCloseTo(expected, within(1e-6));
        assertGradient("text alignment by the item's vector", minus(new float[dim], ascent), x, FLOATS);
        assertGradient("text alignment by the projection", minus(before, alignment.projection()), m, FLOATS);
    }

    /** A step of BPR-MF is AdaGrad's step along the gradient of the loss and of the decay. */
    @Test
    void stepsOfBprMf() {
        int dim = 13;
        BprMf model = BprMf.random(1, 2, dim, new Seeds(1));
        System.arraycopy(gaussian(dim), 0, model.userTable(), 0, dim);
        System.arraycopy(gaussian(2 * dim), 0, model.itemTable(), 0, 2 * dim);
        System.arraycopy(gaussian(2), 0, model.itemBias(), 0, 2);
        float decay = 0.3f;
        NDArray u = torch.parameter(model.userTable(), 1, dim);
        NDArray v = torch.parameter(model.itemTable(), 2, dim);
        NDArray b = torch.parameter(model.itemBias(), 2, 1);
        NDArray apart = torch.constant(new float[] {1, -1}, 1, 2);
        float[] users = model.userTable().clone();
        float[] items = model.itemTable().clone();
        float[] biases = model.itemBias().clone();
        GradientSteps steps = new GradientSteps(model, Kernels.best(), 0.1f, decay);
        float difference = steps.difference(0, 0, 1);
        float ascent = new BprLoss().ascent(0, difference);

        steps.base(0, 0, 1, ascent);

        backward(() -> softPlus(apart.matMul(v.matMul(u.transpose()).add(b)).neg())
                .sum()
                .add(u.square()
                        .sum()
                        .add(v.square().sum())
                        .add(b.square().sum())
                        .mul(decay / 2)));
        double slope = 1 / (1 + Math.exp(difference));
        double rate = 0.1 / Math.sqrt(slope * slope + 1e-2);
        assertStep("bpr-mf by the user's vector", users, model.userTable(), u, rate);
        assertStep("bpr-mf by the items' vectors", items, model.itemTable(), v, rate);
        assertStep("bpr-mf by the items' biases", biases, model.itemBias(), b, rate);
    }

    private static void assertStep(String what, float[] before, float[] after, NDArray parameter, double rate) {
        double[] expected = parameter.getGradient().toDoubleArray();
        for (int at = 0; at < expected.length; at++) {
            expected[at] *= rate;
        }
        assertSame(what, minus(before, after), expected, TABLE);
    }

    private static float[] minus(float[] from, float[] what) {
        float[] difference = new float[from.length];
        for (int at = 0; at < difference.length; at++) {
            difference[at] = from[at] - what[at];
        }
        return difference;
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int at = 0; at < length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return values;
    }
}
