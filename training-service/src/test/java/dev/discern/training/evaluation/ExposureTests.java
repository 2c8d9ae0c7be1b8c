package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.common.data.TemporalSplit;
import org.junit.jupiter.api.Test;

class ExposureTests {

    /** Four items with 0, 1, 1 and 2 interactions: percentiles 1/8, 1/2, 1/2, 7/8. */
    private final Popularity popularity =
            Popularity.of(new InteractionMatrix(4, new int[] {0, 2, 4}, new int[] {1, 3, 2, 3}));

    private final Task task = Task.test(
            TemporalSplit.leaveLastTwoOut(new InteractionMatrix(4, new int[] {0, 3, 6}, new int[] {1, 2, 0, 3, 0, 1})));

    @Test
    void oneItemForEverybodyIsAllInequality() {
        Exposure exposure = Exposure.of(new int[][] {{3}, {3}, {3}}, task, popularity);

        assertThat(exposure.coverage()).isEqualTo(0.25);
        assertThat(exposure.gini()).isEqualTo(0.75, within(1e-9)); // (n - 1) / n is the most there can be
        assertThat(exposure.popularityPercentile()).isEqualTo(0.875, within(1e-9));
    }

    @Test
    void theLiftIsWhatIsShownAboveWhatUsersHad() {
        // One user had items 1 and 2 (1/2 each), the other 0 and 3 (1/8 and 7/8): 1/2 on average.
        assertThat(Exposure.of(new int[][] {{3}, {3}}, task, popularity).popularityLift())
                .isEqualTo(0.375, within(1e-9));
        assertThat(Exposure.of(new int[][] {{0}, {1}}, task, popularity).popularityLift())
                .isEqualTo(5 / 16.0 - 0.5, within(1e-9));
    }

    @Test
    void everythingEquallyOftenIsNone() {
        Exposure exposure = Exposure.of(new int[][] {{0, 1}, {2, 3}}, task, popularity);

        assertThat(exposure.coverage()).isEqualTo(1);
        assertThat(exposure.gini()).isZero();
        assertThat(exposure.popularityPercentile()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void nothingShownIsNothingMeasured() {
        assertThat(Exposure.of(new int[0][], task, popularity)).isEqualTo(new Exposure(0, 0, 0, 0));
    }
}
