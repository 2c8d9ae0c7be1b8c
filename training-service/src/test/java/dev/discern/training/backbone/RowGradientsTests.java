package dev.discern.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.vector.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowGradientsTests {

    private final RowGradients gradients = new RowGradients(1_000, 3, Kernels.scalar());

    @Test
    void addsUpWhatARowGets() {
        float[] gradient = {9, 1, 2, 3};
        gradients.add(7, 1, gradient, 1);
        gradients.add(2, 10, gradient, 1);
        gradients.add(7, -0.5f, gradient, 0);

        assertThat(gradients.size()).isEqualTo(2);
        assertThat(gradients.row(0)).isEqualTo(7);
        assertThat(Arrays.copyOf(gradients.values(), 6)).containsExactly(-3.5f, 1.5f, 2, 10, 20, 30);
    }

    @Test
    void growsAndForgets() {
        for (int round = 1; round <= 2; round++) {
            for (int row = 0; row < 1_000; row++) {
                gradients.add(999 - row, round, new float[] {row, row, row}, 0);
            }
            assertThat(gradients.size()).isEqualTo(1_000);
            assertThat(gradients.row(998)).isEqualTo(1);
            assertThat(gradients.values()[998 * 3 + 2]).isEqualTo(998f * round);
            gradients.clear();
            assertThat(gradients.size()).isZero();
        }
    }
}
