package dev.discern.common.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemporalSplitTests {

    @Test
    void holdsOutTheLastTwoItemsOfUsersWithThreeOrMore() {
        InteractionMatrix histories =
                new InteractionMatrix(9, new int[] {0, 4, 6, 6, 9}, new int[] {5, 3, 8, 1, 2, 7, 4, 0, 6});

        TemporalSplit split = TemporalSplit.leaveLastTwoOut(histories);

        assertThat(split.test()).containsExactly(1, TemporalSplit.NONE, TemporalSplit.NONE, 6);
        assertThat(split.validation()).containsExactly(8, TemporalSplit.NONE, TemporalSplit.NONE, 0);
        assertThat(split.train().row(0)).containsExactly(5, 3);
        assertThat(split.train().row(1)).containsExactly(2, 7);
        assertThat(split.train().row(2)).isEmpty();
        assertThat(split.train().row(3)).containsExactly(4);
        InteractionMatrix before = split.beforeTest();
        assertThat(before.row(0)).containsExactly(5, 3, 8);
        assertThat(before.row(1)).containsExactly(2, 7);
        assertThat(before.row(2)).isEmpty();
        assertThat(before.row(3)).containsExactly(4, 0);
        assertThat(split.isHeldOut(0)).isTrue();
        assertThat(split.isHeldOut(1)).isFalse();
    }
}
