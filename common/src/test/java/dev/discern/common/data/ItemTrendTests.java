package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ItemTrendTests {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    @Test
    void aTouchCountsHalfAfterAHalfLifeAndOneOnItsDay() {
        ItemTrend.Sum sum = new ItemTrend.Sum(4, DAY, 30, 0);
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
        ItemTrend.Sum sum = new ItemTrend.Sum(1, DAY, 0.01, 0);
        sum.add(0, 0);
        assertThat(sum.trend().weights()).containsExactly(0);
    }

    @Test
    void sparseDataFadeSlowerUntilEnoughUsersCount() {
        ItemTrend.Sum sum = new ItemTrend.Sum(2, DAY, 30, 3);
        for (int user = 0; user < 6; user++) {
            sum.add(0, DAY.minusDays(120).toEpochDay());
        }
        sum.add(1, DAY.toEpochDay());

        ItemTrend trend = sum.trend();

        assertThat(trend.halfLifeDays()).as("of 30, 60 and 120 the first").isEqualTo(120);
        assertThat(trend.weights()).containsExactly(3, 1);
    }

    @Test
    void whereThereAreNeverEnoughTheSlowestIsTaken() {
        ItemTrend.Sum sum = new ItemTrend.Sum(1, DAY, 30, 3);
        sum.add(0, DAY.toEpochDay());

        assertThat(sum.trend().halfLifeDays()).isEqualTo(30 * 128);
        assertThat(new ItemTrend.Sum(0, DAY, 30, 3).trend().weights()).isEmpty();
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
