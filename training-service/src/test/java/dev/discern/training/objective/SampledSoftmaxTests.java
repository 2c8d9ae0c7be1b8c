package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.vector.Kernels;
import org.junit.jupiter.api.Test;

class SampledSoftmaxTests {

    private static final int[] CANDIDATES = {2, 0, 2, 1}; // two rows; the first row's target stands there once more
    private static final float[] LOG_EXPECTED = {-0.5f, 0.25f, 1};
    private static final float[] PRODUCTS = {0.3f, -0.2f, 0.9f, 0.1f, -0.4f, 0.5f, 0.2f, 0};

    private final SampledSoftmax softmax = new SampledSoftmax(LOG_EXPECTED, 2);

    /** The definition, in doubles. */
    @Test
    void isTheMeanCrossEntropyOfCorrectedScores() {
        double first = loss(new double[] {2 * 0.3 - 1, 2 * -0.2 + 0.5, 2 * 0.1 - 0.25}, 0);
        double second = loss(new double[] {2 * -0.4 - 1, 2 * 0.5 + 0.5, 2 * 0.2 - 1, 2 * 0.0 - 0.25}, 1);

        assertThat(softmax.gradient(PRODUCTS.clone(), 2, 4, CANDIDATES, Kernels.scalar()))
                .isCloseTo((first + second) / 2, within(1e-6));
    }

    private static double loss(double[] scores, int target) {
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score);
        }
        return Math.log(sum) - scores[target];
    }

    @Test
    void itsGradientIsThatOfTheLoss() {
        float[] gradient = PRODUCTS.clone();
        softmax.gradient(gradient, 2, 4, CANDIDATES, Kernels.scalar());

        for (int at = 0; at < PRODUCTS.length; at++) {
            int place = at;
            double expected = FiniteDifference.of(
                    x -> {
                        float[] products = PRODUCTS.clone();
                        products[place] = (float) x;
                        return softmax.gradient(products, 2, 4, CANDIDATES, Kernels.scalar());
                    },
                    PRODUCTS[at]);
            assertThat((double) gradient[at]).isCloseTo(expected, within(3e-4));
        }
        assertThat(gradient[2]).isZero(); // the same item again
    }

    @Test
    void largeScoresDoNotOverflow() {
        float[] products = {1e4f, -1e4f};

        assertThat(softmax.gradient(products, 1, 2, new int[] {0, 1}, Kernels.scalar()))
                .isZero();
        assertThat(products).containsExactly(0, 0);
    }
}
