package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SelectiveHingeTests {

    private static final float MARGIN = 1;

    private final SelectiveHinge hinge = new SelectiveHinge(MARGIN, 0.1f);

    @Test
    void startsUndecided() {
        assertThat(hinge.alpha(true, false, 0.9)).isEqualTo(0.5);
    }

    @Test
    void alphaIsTheSigmoidOfItsFeatures() {
        hinge.restore(new double[] {1, 2, 3, -4});
        assertThat(hinge.alpha(true, true, 0.5)).isEqualTo(1 / (1 + Math.exp(-0.5)), within(1e-12));
        assertThat(hinge.alpha(false, true, 0)).isEqualTo(1 / (1 + Math.exp(2)), within(1e-12));
    }

    @Test
    void ascendsAgainstTheSlopeByTheDifference() {
        for (float difference : new float[] {-3, 0, 0.8f, 1.2f}) {
            double slope = FiniteDifference.of(d -> hinge.loss(0.3, 0.9, (float) d), difference);
            assertThat(hinge.ascent(0.3, 0.9, difference)).isCloseTo((float) -slope, within(1e-3f));
        }
    }

    @Test
    void theLogitGradientIsTheSlopeByOneItemsLogit() {
        for (double logit : new double[] {-3, 0, 1.5}) {
            for (float difference : new float[] {-3, 0, 1.2f}) {
                double slope = FiniteDifference.of(z -> hinge.loss(sigmoid(z), 0.6, difference), logit);
                assertThat(hinge.logitGradient(sigmoid(logit), difference)).isEqualTo(slope, within(1e-6));
            }
        }
    }

    @Test
    void learnsByOneStepDownTheGradientOfEachParameterThatTakesPart() {
        double q = 0.25;
        double alpha = hinge.alpha(true, false, q);
        float difference = -1;
        double step = 0.1f * hinge.logitGradient(alpha, difference); // 0.1 · ½ · ¼ · 2

        hinge.learn(true, false, q, alpha, difference);

        assertThat(step).isEqualTo(0.025, within(1e-8));
        assertThat(hinge.parameters()).containsExactly(-step, 0, -q * step, -step);
    }

    @Test
    void canOnlyLowerItsGate() {
        for (float difference = -5; difference < 5; difference += 0.1f) {
            assertThat(hinge.logitGradient(0.4, difference)).isNotNegative();
        }
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
