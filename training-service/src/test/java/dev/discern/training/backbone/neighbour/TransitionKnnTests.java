package dev.discern.training.backbone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.Scorer;
import dev.discern.training.backbone.ScorerContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransitionKnnTests extends ScorerContract {

    @Override
    protected Scorer scorer(InteractionMatrix train, InteractionMatrix histories) {
        return TransitionKnn.of(train, histories, 20);
    }

    /** The next of the ring, around its end. */
    @Override
    protected List<Integer> answers(int ring, int last) {
        return List.of(ring * RING + (last + 1) % RING);
    }

    @Test
    void transitionsByHand() {
        // 0 → 1 once and 0 → 2 two steps later; 2 → 3 once; items 0 and 2 come twice.
        InteractionMatrix train = new InteractionMatrix(4, new int[] {0, 3, 5, 6}, new int[] {0, 1, 2, 2, 3, 0});
        InteractionMatrix histories = new InteractionMatrix(4, new int[] {0, 2}, new int[] {2, 0});

        float[] scores = scores(TransitionKnn.of(train, histories, 9), new int[] {0}, 0, 1);

        double fromTwo = Math.pow(2, -TransitionKnn.FROM);
        assertThat(scores)
                .containsExactly(
                        new float[] {
                            0,
                            (float) fromTwo,
                            (float) (Math.pow(2, -TransitionKnn.LAG) * fromTwo * Math.pow(2, -TransitionKnn.TO)),
                            (float) (Math.pow(2, -TransitionKnn.RECENCY) * fromTwo)
                        },
                        within(1e-6f));
    }

    @Test
    void noTransitionIsLongerThanTenSteps() {
        int[] columns = new int[12];
        for (int item = 0; item < 12; item++) {
            columns[item] = item;
        }
        InteractionMatrix train = new InteractionMatrix(12, new int[] {0, 12}, columns);
        InteractionMatrix histories = new InteractionMatrix(12, new int[] {0, 1}, new int[] {0});

        float[] scores = scores(TransitionKnn.of(train, histories, 99), new int[] {0}, 0, 1);

        assertThat(scores[10]).isPositive();
        assertThat(scores[11]).isZero();
    }
}
