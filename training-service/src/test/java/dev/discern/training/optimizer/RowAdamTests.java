package dev.discern.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.RowGradients;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RowAdamTests {

    private static final Offset<Float> CLOSE = within(1e-6f);

    /** Two steps by hand: rate 0.1, ε 0.01, gradients 0.5 and then −0.25. */
    @Test
    void stepsByTheMomentsOfTheGradients() {
        float[] values = {1};
        RowAdam adam = new RowAdam(values, 0.01f, Kernels.scalar());

        adam.step(new float[] {0.5f}, 0.1f, 1);
        float first = (float) (1 - 0.1 * 0.5 / (0.5 + 0.01)); // both corrections undo what the first step weighs
        assertThat(values).containsExactly(new float[] {first}, CLOSE);

        adam.step(new float[] {-0.25f}, 0.1f, 2);
        double m = 0.9 * 0.05 - 0.1 * 0.25;
        double v = 0.999 * 0.00025 + 0.001 * 0.0625;
        double step = 0.1 * m / 0.19 / (Math.sqrt(v / (1 - 0.999 * 0.999)) + 0.01);
        assertThat(values).containsExactly(new float[] {(float) (first - step)}, CLOSE);
    }

    @Test
    void leavesRowsWithoutAGradientAlone() {
        float[] values = {1, 1, 2, 2, 3, 3};
        RowAdam adam = new RowAdam(values, 0.01f, Kernels.scalar());
        RowGradients gradients = new RowGradients(3, 2, Kernels.scalar());
        gradients.add(1, 0.5f, new float[] {1, -1}, 0);

        adam.step(gradients, 0.1f, 1);
        float step = (float) (0.1 * 0.5 / (0.5 + 0.01));
        assertThat(values).containsExactly(new float[] {1, 1, 2 - step, 2 + step, 3, 3}, CLOSE);
        assertThat(adam.state().get(1)).containsExactly(new float[] {0, 0, 0.00025f, 0.00025f, 0, 0}, CLOSE);
    }
}
