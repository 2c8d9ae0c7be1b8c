package dev.discern.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RowAdaGradTests {

    private final RowAdaGrad steps = new RowAdaGrad(2, 0.1f);

    @Test
    void shrinksByTheRootOfTheSquaresSoFar() {
        assertThat(steps.rate(0, 0.3f)).isCloseTo(0.31622776f, within(1e-6f)); // 0.1 / √(0.09 + 0.01)
        assertThat(steps.rate(0, -0.4f)).isCloseTo(0.19611613f, within(1e-6f)); // 0.1 / √(0.25 + 0.01)
    }

    @Test
    void rowsDoNotKnowOfEachOther() {
        steps.rate(0, 5);
        assertThat(steps.rate(1, 0)).isCloseTo(1, within(1e-6f)); // 0.1 / √0.01
        assertThat(steps.accumulator()).containsExactly(25, 0);
    }
}
