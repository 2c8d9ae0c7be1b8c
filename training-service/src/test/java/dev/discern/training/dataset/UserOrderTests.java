package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class UserOrderTests {

    @Test
    void sortsByUserAndKeepsTheOrderWithin() {
        int[] user = {4, 0, 4, 2, 0};

        UserOrder order = new UserOrder(user);

        assertThat(order.of(user)).containsExactly(0, 0, 2, 4, 4);
        assertThat(order.of(new float[] {1, 2, 3, 4, 5})).containsExactly(2, 5, 4, 1, 3);
    }

    @Test
    void nothingIsInOrder() {
        assertThat(new UserOrder(new int[0]).of(new int[0])).isEmpty();
    }

    @Test
    void examplesInAnotherOrderAreRefused() {
        assertThatThrownBy(() -> new SoftScores(new int[] {3, 2}, new int[2], new float[2]))
                .hasMessage("expected users in ascending order, found 2 after 3");
        assertThatThrownBy(() -> new SoftScores(new int[] {2, 3}, new int[1], new float[2]))
                .hasMessage("parallel arrays differ in length: [2, 1, 2]");
    }
}
