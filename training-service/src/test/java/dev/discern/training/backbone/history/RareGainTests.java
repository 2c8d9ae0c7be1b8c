package dev.discern.training.backbone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Popularity;
import dev.discern.training.backbone.DotProductModel;
import org.junit.jupiter.api.Test;

class RareGainTests {

    /** Item 0 has nobody, item 1 has four users. */
    private static final Popularity POPULARITY =
            Popularity.of(new InteractionMatrix(2, new int[] {0, 1, 2, 3, 4}, new int[] {1, 1, 1, 1}));

    private static final DotProductModel MODEL = new DotProductModel(
            3, new float[] {1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3}, new float[] {1, 1, 1, 1, 1, 1}, new float[2]);

    @Test
    void textsOfRareItemsCountForMore() {
        DotProductModel gained = new RareGain(2, 4).on(MODEL, 1, POPULARITY);

        assertThat(gained.items()).containsExactly(1, 3, 3, 1, 2, 2);
        assertThat(gained.users()).isSameAs(MODEL.users());
        assertThat(MODEL.items()).containsOnly(1);
    }

    @Test
    void noGainLeavesTheModel() {
        assertThat(RareGain.NONE.on(MODEL, 1, POPULARITY)).isSameAs(MODEL);
    }

    @Test
    void aGainIsNotNegative() {
        assertThatThrownBy(() -> new RareGain(-1, 4)).hasMessage("a gain of -1.0 with half at 4.0 interactions");
        assertThatThrownBy(() -> new RareGain(1, 0)).hasMessage("a gain of 1.0 with half at 0.0 interactions");
    }
}
