package dev.discern.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.BprMf;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** One step each, worked by hand: two users, three items, one dimension, learning rate 0.1, decay 0.5. */
class GradientStepsTests {

    private static final Offset<Float> CLOSE = within(1e-6f);

    private final BprMf model = BprMf.random(2, 3, 1, new Seeds(1));
    private final GradientSteps steps = new GradientSteps(model, Kernels.scalar(), 0.1f, 0.5f);

    {
        set(model.userTable(), 9, 2);
        set(model.itemTable(), 3, 9, 1);
        set(model.itemBias(), 0.4f, 9, 0);
    }

    @Test
    void aBaseStepMovesItsThreeRowsAndTwoBiasesAndNothingElse() {
        assertThat(steps.difference(1, 0, 2)).isCloseTo(2 * 3 + 0.4f - 2 * 1, CLOSE);

        steps.base(1, 0, 2, 0.3f);

        float rate = (float) (0.1 / Math.sqrt(0.1)); // 0.09 + 0.01 under the root
        assertThat(model.userTable()).containsExactly(new float[] {9, 2 + rate * (0.3f * (3 - 1) - 0.5f * 2)}, CLOSE);
        assertThat(model.itemTable())
                .containsExactly(
                        new float[] {3 + rate * (0.3f * 2 - 0.5f * 3), 9, 1 + rate * (-0.3f * 2 - 0.5f * 1)}, CLOSE);
        assertThat(model.itemBias())
                .containsExactly(new float[] {0.4f + rate * (0.3f - 0.5f * 0.4f), 9, rate * -0.3f}, CLOSE);
    }

    @Test
    void aGuidingPairDecaysNothing() {
        steps.guide(1, 0, 2, 0.3f);

        float rate = (float) (0.1 / Math.sqrt(0.1));
        assertThat(model.userTable()).containsExactly(new float[] {9, 2 + rate * 0.3f * (3 - 1)}, CLOSE);
        assertThat(model.itemTable()).containsExactly(new float[] {3 + rate * 0.3f * 2, 9, 1 - rate * 0.3f * 2}, CLOSE);
        assertThat(model.itemBias()).containsExactly(new float[] {0.4f + rate * 0.3f, 9, rate * -0.3f}, CLOSE);
    }

    @Test
    void aGuidingPointMovesItsTwoRowsAndOneBiasAndDecaysNothing() {
        assertThat(steps.score(1, 0)).isCloseTo(6.4f, CLOSE);

        steps.guide(1, 0, -0.3f);

        float rate = (float) (0.1 / Math.sqrt(0.1));
        assertThat(model.userTable()).containsExactly(new float[] {9, 2 + rate * -0.3f * 3}, CLOSE);
        assertThat(model.itemTable()).containsExactly(new float[] {3 + rate * -0.3f * 2, 9, 1}, CLOSE);
        assertThat(model.itemBias()).containsExactly(new float[] {0.4f + rate * -0.3f, 9, 0}, CLOSE);
    }

    private static void set(float[] table, float... values) {
        System.arraycopy(values, 0, table, 0, values.length);
    }
}
