package dev.discern.scoring.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchSizeTests {

    @Test
    void aBatchHoldsSoManyLines() {
        assertThat(split(2, 1_000, 10, 10, 10, 10, 10)).containsExactly(2, 2, 1);
        assertThat(split(5, 1_000, 10, 10, 10, 10, 10)).containsExactly(5);
        assertThat(split(1, 1_000, 10, 10)).containsExactly(1, 1);
    }

    @Test
    void aBatchHoldsSoManyBytesLineBreaksIncluded() {
        assertThat(split(100, 22, 10, 10, 10)).as("two lines of 11 bytes").containsExactly(2, 1);
        assertThat(split(100, 21, 10, 10, 10)).containsExactly(1, 1, 1);
        assertThat(split(100, 30, 25, 3, 1, 29, 2)).containsExactly(2, 1, 1, 1);
    }

    @Test
    void aLineThatNoBatchHoldsIsToldOf() {
        assertThat(new BatchSize(1, 11).add(10)).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> new BatchSize(1, 10).add(10))
                .withMessageContaining("11 bytes")
                .withMessageContaining("discern.llm.batch.max-bytes");
    }

    /** Lines in each batch when lines of these bytes are put into one batch after the other. */
    private static List<Integer> split(int maxLines, long maxBytes, int... lines) {
        List<Integer> counts = new ArrayList<>();
        BatchSize size = new BatchSize(maxLines, maxBytes);
        int count = 0;
        for (int line : lines) {
            if (!size.add(line)) {
                counts.add(count);
                count = 0;
                size = new BatchSize(maxLines, maxBytes);
                assertThat(size.add(line)).isTrue();
            }
            count++;
        }
        counts.add(count);
        return counts;
    }
}
