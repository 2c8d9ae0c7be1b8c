package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class InteractionMatrixTests {

    private final InteractionMatrix matrix = new InteractionMatrix(5, new int[] {0, 3, 3, 4}, new int[] {4, 0, 2, 0});

    @Test
    void sortsRowsForLookUpsAndKeepsTheOriginalOrder() {
        InteractionMatrix sorted = matrix.sorted();

        assertThat(sorted.row(0)).containsExactly(0, 2, 4);
        assertThat(matrix.row(0)).containsExactly(4, 0, 2);
        assertThat(sorted.contains(0, 2)).isTrue();
        assertThat(sorted.contains(0, 3)).isFalse();
        assertThat(sorted.contains(1, 0)).isFalse();
    }

    @Test
    void countsColumns() {
        assertThat(matrix.columnCounts()).containsExactly(2, 0, 1, 0, 1);
    }

    @Test
    void refusesBrokenShapes() {
        assertThatThrownBy(() -> new InteractionMatrix(5, new int[] {0, 2}, new int[] {1}))
                .hasMessage("row starts do not cover the 1 columns");
        assertThatThrownBy(() -> new InteractionMatrix(5, new int[] {0, 2, 1, 3}, new int[] {1, 2, 3}))
                .hasMessage("row starts descend at row 2");
        assertThatThrownBy(() -> new InteractionMatrix(5, new int[] {0, 1}, new int[] {5}))
                .hasMessage("item index 5 is outside [0, 5)");
    }
}
