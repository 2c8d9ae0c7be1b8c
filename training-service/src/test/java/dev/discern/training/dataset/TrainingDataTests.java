package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.data.InteractionMatrix;
import org.junit.jupiter.api.Test;

class TrainingDataTests {

    /** Three users: one of four items, one of two (too few to be tested), one of none. */
    private final TrainingData data =
            TrainingData.of(new InteractionMatrix(5, new int[] {0, 4, 6, 6}, new int[] {3, 0, 1, 2, 3, 4}));

    @Test
    void holdsTheLastTwoOutAndKnowsWhoseTheOthersAre() {
        assertThat(data.split().train().columns()).containsExactly(3, 0, 3, 4);
        assertThat(data.userOf()).containsExactly(0, 0, 1, 1);
        assertThat(data.interactions()).isEqualTo(4);
        assertThat(data.users()).isEqualTo(3);
        assertThat(data.items()).isEqualTo(5);
    }

    @Test
    void seenAndPopularityKnowNothingOfHeldOutItems() {
        assertThat(data.seen().contains(0, 1)).isFalse();
        assertThat(data.seen().contains(0, 2)).isFalse();
        assertThat(data.popularity().count(2)).isZero();
        assertThat(data.popularity().count(3)).isEqualTo(2);
    }
}
