package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairFeaturesTests {

    private final TrainingData data = PlantedData.small().data();
    private final DotProductModel model =
            BprMf.random(data.users(), data.items(), 8, new Seeds(1)).tables();
    private final Uncertainty uncertainty = new ScoreEntropy(model);

    @Test
    void aPairTurnedAroundHasTheOppositeFeatures() {
        PairFeatures features = new PairFeatures(data, model, uncertainty, true);
        SplittableRandom random = new SplittableRandom(4);
        for (int n = 0; n < 200; n++) {
            int user = random.nextInt(data.users());
            int i = random.nextInt(data.items());
            int j = random.nextInt(data.items());
            float margin = (float) random.nextGaussian();

            double[] there = features.of(user, i, j, margin, 0.7f, true);
            double[] back = features.of(user, j, i, -margin, 0.7f, true);

            assertThat(Arrays.stream(back).map(x -> -x).toArray()).containsExactly(there, within(1e-6));
        }
    }

    @Test
    void withoutTheJudgeNothingDependsOnIt() {
        PairFeatures features = new PairFeatures(data, model, uncertainty, true);

        assertThat(features.of(3, 1, 2, 0.4f, 0.5f, false)).isEqualTo(features.of(3, 1, 2, -9, 1, false));
    }

    @Test
    void namesEveryFeature() {
        for (boolean judge : new boolean[] {true, false}) {
            for (boolean consistency : new boolean[] {true, false}) {
                PairFeatures features = new PairFeatures(data, model, uncertainty, consistency);
                assertThat(features.names(judge)).hasSameSizeAs(features.of(0, 1, 2, 1, 1, judge));
            }
        }
        assertThat(new PairFeatures(data, model, uncertainty, true).names(true))
                .containsExactly("a", "f1", "f2", "f3", "g0", "g1", "g2", "g3", "g4");
    }
}
