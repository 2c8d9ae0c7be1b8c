package dev.discern.training.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.neighbour.ItemKnn;
import dev.discern.training.backbone.neighbour.TransitionKnn;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateFusionTests extends ScorerContract {

    @Override
    protected Scorer scorer(InteractionMatrix train, InteractionMatrix histories) {
        return new LateFusion(TransitionKnn.of(train, histories, 20), ItemKnn.of(train, histories, 20), 0.5f);
    }

    @Override
    protected List<Integer> answers(int ring, int last) {
        return List.of(ring * RING + (last + 1) % RING);
    }

    @Test
    void scoresAreStandardizedBeforeTheyAreAdded() {
        LateFusion fusion = new LateFusion(constant(100, 300), constant(3, 1), 0.25f);

        assertThat(scores(fusion, new int[] {0}, 0, 1)).containsExactly(new float[] {-0.75f, 0.75f}, within(1e-6f));
    }

    @Test
    void aScorerThatScoresAllAlikeAddsNothing() {
        LateFusion fusion = new LateFusion(constant(1, 2, 3), constant(0.1f, 0.1f, 0.1f), 1_000);

        assertThat(scores(fusion, new int[] {0}, 0, 1)[1]).isZero();
        assertThat(scores(fusion, new int[] {0}, 0, 1)[2]).isEqualTo((float) Math.sqrt(1.5), within(1e-6f));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LateFusion(constant(1, 2), constant(1), 1))
                .withMessage("scorers of 2 and 1 items cannot be added");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LateFusion(constant(1), constant(1), Float.NaN))
                .withMessage("expected a weight of at least 0, found NaN");
    }

    private static Scorer constant(float... biases) {
        return DotProductScorer.of(new DotProductModel(1, new float[1], new float[biases.length], biases));
    }
}
