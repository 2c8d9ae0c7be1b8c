package dev.discern.training.backbone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.Scorer;
import dev.discern.training.backbone.ScorerContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemKnnTests extends ScorerContract {

    /** Three users have item 0, two of them item 1 too, one item 2 too. */
    private final InteractionMatrix train =
            new InteractionMatrix(4, new int[] {0, 2, 4, 6}, new int[] {0, 1, 1, 0, 2, 0});

    @Override
    protected Scorer scorer(InteractionMatrix train, InteractionMatrix histories) {
        return ItemKnn.of(train, histories, 20);
    }

    @Override
    protected List<Integer> answers(int ring, int last) {
        return ring(ring);
    }

    @Test
    void cosinesByHand() {
        InteractionMatrix histories = new InteractionMatrix(4, new int[] {0, 1, 3}, new int[] {0, 1, 2});

        float[] scores = scores(ItemKnn.of(train, histories, 3), new int[] {0, 1}, 0, 2);

        float near = (float) (2 / Math.sqrt(6));
        float far = (float) (1 / Math.sqrt(3));
        assertThat(scores).containsExactly(new float[] {0, near, far, 0, near + far, 0, 0, 0}, within(1e-6f));
    }

    @Test
    void onlyTheNearestAreKept() {
        InteractionMatrix histories = new InteractionMatrix(4, new int[] {0, 1}, new int[] {0});

        assertThat(scores(ItemKnn.of(train, histories, 1), new int[] {0}, 0, 1)[1])
                .isPositive();
        assertThat(scores(ItemKnn.of(train, histories, 1), new int[] {0}, 0, 1)[2])
                .isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> ItemKnn.of(train, histories, 0));
    }

    @Test
    void historiesOfAnotherCatalogueAreRefused() {
        InteractionMatrix other = new InteractionMatrix(9, new int[] {0, 1}, new int[] {8});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemKnn.of(train, other, 5))
                .withMessageContaining("neighbours of 4 items do not fit histories of 9");
    }
}
