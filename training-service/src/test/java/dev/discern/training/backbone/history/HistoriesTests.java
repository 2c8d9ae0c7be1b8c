package dev.discern.training.backbone.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoriesTests {

    private final Histories histories = new Histories(2);

    @Test
    void theNewestComesFirstAndOnlyTheNewestCount() {
        int[] columns = IntStream.range(0, 80).map(k -> 100 + k).toArray();
        histories.put(1, columns, 10, 13);
        assertThat(histories.length(1)).isEqualTo(3);
        assertThat(histories.item(1, 0)).isEqualTo(112);
        assertThat(histories.item(1, 2)).isEqualTo(110);

        histories.put(1, columns, 0, 80);
        assertThat(histories.length(1)).isEqualTo(HistoryModel.HISTORY);
        assertThat(histories.item(1, HistoryModel.HISTORY - 1)).isEqualTo(179 - 49);
        histories.put(1, columns, 5, 5);
        assertThat(histories.length(1)).isZero();
    }

    @Test
    void whatIsLeftOutLeavesAGapAndSomethingStays() {
        SplittableRandom random = new SplittableRandom(2);
        int[] columns = IntStream.range(0, 60).toArray();
        int kept = 0;
        for (int round = 0; round < 200; round++) {
            histories.put(0, columns, 0, 60, 0.9, random);
            assertThat(histories.length(0)).isPositive();
            for (int n = 0; n < histories.length(0); n++) {
                assertThat(histories.item(0, n)).isEqualTo(59 - histories.place(0, n));
            }
            kept += histories.length(0);
        }
        assertThat(kept / 200.0).isBetween(4.0, 6.0); // 5, each draw with a deviation of 2.1
    }
}
