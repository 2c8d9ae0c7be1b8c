package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.LateFusion;
import dev.discern.training.backbone.Scorer;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FusionWeightTests {

    private static final int USERS = 120;
    private static final int ITEMS = 60;

    private final SplittableRandom random = new SplittableRandom(4);
    private final TemporalSplit split = TemporalSplit.leaveLastTwoOut(new InteractionMatrix(
            ITEMS,
            IntStream.rangeClosed(0, USERS).map(user -> 4 * user).toArray(),
            IntStream.range(0, USERS)
                    .flatMap(user -> random.ints(0, ITEMS).distinct().limit(4))
                    .toArray()));

    @Test
    void theWeightIsTheOneOfTheBestFusion() {
        Scorer base = knowing(1.2f);
        Scorer other = knowing(0.8f);

        FusionWeight chosen = FusionWeight.choose(base, other, split);

        assertThat(chosen.weight()).isIn(0.25f, 0.5f, 1f, 2f);
        assertThat(chosen.validationNdcg())
                .isEqualTo(Evaluator.validationNdcg(new LateFusion(base, other, chosen.weight()), split), within(1e-3));
        for (float weight : new float[] {0, 0.125f, 0.25f, 0.5f, 1, 2, 4}) {
            assertThat(Evaluator.validationNdcg(new LateFusion(base, other, weight), split))
                    .isLessThanOrEqualTo(chosen.validationNdcg() + 1e-3);
        }
    }

    @Test
    void aScorerThatOnlyHarmsGetsNoWeight() {
        assertThat(FusionWeight.choose(knowing(9), knowing(-9), split).weight()).isZero();
    }

    @Test
    void aScorerThatKnowsBetterGetsALargeOne() {
        assertThat(FusionWeight.choose(knowing(0), knowing(2), split).weight()).isGreaterThanOrEqualTo(4);
    }

    /** Noise, and {@code signal} more for the validation item. */
    private Scorer knowing(float signal) {
        float[][] scores = new float[USERS][ITEMS];
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                scores[user][item] = (float) random.nextGaussian() + (item == split.validation()[user] ? signal : 0);
            }
        }
        return new Scorer() {
            @Override
            public int itemCount() {
                return ITEMS;
            }

            @Override
            public void scores(int[] users, int from, int to, float[] into) {
                for (int n = from; n < to; n++) {
                    System.arraycopy(scores[users[n]], 0, into, (n - from) * ITEMS, ITEMS);
                }
            }
        };
    }
}
