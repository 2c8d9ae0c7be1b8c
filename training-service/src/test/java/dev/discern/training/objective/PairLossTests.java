package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

class PairLossTests {

    private static final float[] DIFFERENCES = {-7.3f, -2, -0.4f, 0, 0.3f, 0.9f, 1.1f, 2.6f, 7.1f};
    private static final float[] TARGETS = {0.03f, 0.5f, 0.88f};

    static final List<Arguments> LOSSES = List.of(
            Arguments.of(new BprLoss(), 1),
            Arguments.of(new CalibratedCrossEntropy(TARGETS), TARGETS.length),
            Arguments.of(new HingeLoss(1), 1));

    @ParameterizedTest
    @FieldSource("LOSSES")
    void ascendsAgainstTheSlopeOfTheLoss(PairLoss loss, int pairs) {
        for (int pair = 0; pair < pairs; pair++) {
            int at = pair;
            for (float difference : DIFFERENCES) {
                double slope = FiniteDifference.of(d -> loss.loss(at, (float) d), difference);
                assertThat(loss.ascent(pair, difference))
                        .as("pair %d at %s", pair, difference)
                        .isCloseTo((float) -slope, within(2e-3f));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("LOSSES")
    void isFiniteWhereverTheModelIs(PairLoss loss, int pairs) {
        for (float difference : new float[] {-3e30f, -800, 800, 3e30f}) {
            assertThat(loss.loss(pairs - 1, difference)).isBetween(0.0, 1e31);
            assertThat(loss.ascent(pairs - 1, difference)).isBetween(-1f, 1f);
        }
    }

    @Test
    void theCalibratedLossRestsWhereTheModelBelievesWhatTheGateDoes() {
        CalibratedCrossEntropy loss = new CalibratedCrossEntropy(new float[] {0.8f});
        float logit = (float) Math.log(0.8 / 0.2);

        assertThat(loss.ascent(0, logit)).isCloseTo(0, within(1e-3f));
        assertThat(loss.ascent(0, logit - 1)).isPositive();
        assertThat(loss.ascent(0, logit + 1)).isNegative();
    }

    @Test
    void theHingeRestsBeyondItsMargin() {
        assertThat(new HingeLoss(0.5f).ascent(0, 0.5f)).isZero();
        assertThat(new HingeLoss(0.5f).ascent(0, 0.49f)).isOne();
    }
}
