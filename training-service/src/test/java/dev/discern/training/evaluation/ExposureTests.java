package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import org.junit.jupiter.api.Test;

class ExposureTests {

    /** Four items with 0, 1, 1 and 2 interactions: percentiles 1/8, 1/2, 1/2, 7/8. */
    private final Popularity popularity =
            Popularity.of(new InteractionMatrix(4, new int[] {0, 2, 4}, new int[] {1, 3, 2, 3}));

    @Test
    void oneItemForEverybodyIsAllInequality() {
        Exposure exposure = Exposure.of(new int[][] {{3}, {3}, {3}}, popularity);

        assertThat(exposure.coverage()).isEqualTo(0.25);
        assertThat(exposure.gini()).isEqualTo(0.75, within(1e-9)); // (n - 1) / n is the most there can be
        assertThat(exposure.popularityPercentile()).isEqualTo(0.875, within(1e-9));
    }

    @Test
    void everythingEquallyOftenIsNone() {
        Exposure exposure = Exposure.of(new int[][] {{0, 1}, {2, 3}}, popularity);

        assertThat(exposure.coverage()).isEqualTo(1);
        assertThat(exposure.gini()).isZero();
        assertThat(exposure.popularityPercentile()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void nothingShownIsNothingMeasured() {
        assertThat(Exposure.of(new int[0][], popularity)).isEqualTo(new Exposure(0, 0, 0));
    }
}
