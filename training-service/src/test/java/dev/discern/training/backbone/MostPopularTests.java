package dev.discern.training.backbone;

import dev.discern.common.data.InteractionMatrix;
import java.util.List;

class MostPopularTests extends ScorerContract {

    @Override
    protected Scorer scorer(InteractionMatrix train, InteractionMatrix histories) {
        return DotProductScorer.of(MostPopular.of(train));
    }

    /** Ring 0 is everybody's. */
    @Override
    protected List<Integer> answers(int ring, int last) {
        return ring(0);
    }
}
