package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ItemTrendTests {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    @Test
    void aTouchCountsHalfAfterAHalfLifeAndOneOnItsDay() {
        ItemTrend.Sum sum = new ItemTrend.Sum(4, DAY, 30);
        sum.add(0, DAY.toEpochDay());
        sum.add(1, DAY.minusDays(30).toEpochDay());
        sum.add(1, DAY.minusDays(60).toEpochDay());
        sum.add(2, DAY.plusDays(400).toEpochDay());

        ItemTrend trend = sum.trend();

        assertThat(trend.weights()).containsExactly(1, 0.75f, 1, 0);
        assertThat(trend.day()).isEqualTo(DAY);
    }

    @Test
    void theDistantPastFadesToNothing() {
        ItemTrend.Sum sum = new ItemTrend.Sum(1, DAY, 0.01);
        sum.add(0, 0);
        assertThat(sum.trend().weights()).containsExactly(0);
    }

    @Test
    void whatIsNoTrendIsRefused() {
        for (double halfLife : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ItemTrend(DAY, halfLife, new float[1]));
        }
        for (float weight : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> new ItemTrend(DAY, 30, new float[] {weight}));
        }
    }
}
