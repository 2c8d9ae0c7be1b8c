package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SquaredErrorTests {

    @Test
    void ascendsAgainstTheSlopeOfTheLoss() {
        SquaredError error = new SquaredError(new float[] {0.7f, -1.2f});
        for (float score : new float[] {-2, -1.2f, 0, 0.7f, 3}) {
            double slope = FiniteDifference.of(s -> error.loss(1, (float) s), score);
            assertThat(error.ascent(1, score)).isCloseTo((float) -slope, within(1e-3f));
        }
    }
}
