package dev.discern.serving.foldin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.HistoryTables.Part;
import dev.discern.common.vector.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryFoldInTests {

    private final FoldIn foldIn = new HistoryFoldIn(
            Kernels.best(),
            new HistoryTables(
                    new EmbeddingTable(3, 3, new float[] {3, 0, 1, 0, 8, 1, 5, 5, 5}),
                    List.of(new Part(2, 1, new float[] {1, 0.5f}), new Part(1, 0.2f, new float[] {1, 0.5f}))));

    @Test
    void theLastItemIsTheNewest() {
        assertThat(foldIn.vector(new int[] {1, 0})).containsExactly(new float[] {0.6f, 0.8f, 0.2f}, offset(1e-6f));
        assertThat(foldIn.vector(new int[] {0, 1})[0]).isLessThan(0.3f);
    }

    @Test
    void whatIsOlderThanTheWeightsGoDoesNotCount() {
        assertThat(foldIn.vector(new int[] {2, 2, 1, 0})).isEqualTo(foldIn.vector(new int[] {1, 0}));
    }

    @Test
    void aVectorThatIsHandedOutMayBeChangedWithoutHarm() {
        foldIn.vector(new int[] {0})[0] = 1000;
        assertThat(foldIn.vector(new int[] {0})[0]).isEqualTo(1);
    }

    @Test
    void anEmptySessionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> foldIn.vector(new int[0]));
    }
}
