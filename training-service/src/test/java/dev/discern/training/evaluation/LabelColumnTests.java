package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelColumnTests {

    @Test
    void labelsWithRoomStandWhereTheyWishTo() {
        assertThat(LabelColumn.place(new double[] {10, 40, 55}, 14, 0, 100)).containsExactly(10, 40, 55);
    }

    @Test
    void crowdedOnesShareTheDisplacement() {
        assertThat(LabelColumn.place(new double[] {50, 50, 50}, 14, 0, 100)).containsExactly(36, 50, 64);
        assertThat(LabelColumn.place(new double[] {50, 60}, 14, 0, 100)).containsExactly(48, 62);
    }

    @Test
    void theEdgesHoldThem() {
        assertThat(LabelColumn.place(new double[] {0, 0, 99}, 14, 0, 100)).containsExactly(0, 14, 99);
        assertThat(LabelColumn.place(new double[] {99, 100}, 14, 0, 100)).containsExactly(86, 100);
    }

    @Test
    void thirtyLabelsAtRandomNeverOverlapAndNeverSwap() {
        SplittableRandom random = new SplittableRandom(5);
        for (int draw = 0; draw < 200; draw++) {
            double[] wishes = random.doubles(30, 0, random.nextBoolean() ? 450 : 40)
                    .sorted()
                    .toArray();

            double[] heights = LabelColumn.place(wishes, 14, 0, 450);

            for (int n = 1; n < heights.length; n++) {
                assertThat(heights[n] - heights[n - 1]).isGreaterThanOrEqualTo(14 - 1e-9);
            }
            assertThat(heights[0]).isGreaterThanOrEqualTo(0);
            assertThat(heights[29]).isCloseTo(Math.min(heights[29], 450), within(1e-9));
        }
    }

    @Test
    void whereThereIsNoRoomItSaysSo() {
        assertThatThrownBy(() -> LabelColumn.place(new double[] {1, 2, 3}, 14, 0, 20))
                .hasMessage("3 labels of 14.0 need more than 20.0");
        assertThat(LabelColumn.place(new double[0], 14, 0, 20)).isEmpty();
    }
}
