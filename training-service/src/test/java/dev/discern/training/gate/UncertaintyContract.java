package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.BprMf;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.testing.PlantedData;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every uncertainty keeps to. */
abstract class UncertaintyContract {

    final TrainingData data = PlantedData.small().data();

    /** Of a model whose scores are spread over some units, and of one like it for those who compare two. */
    abstract Uncertainty of(DotProductModel model, DotProductModel other, Seeds seeds);

    @Test
    final void isAShare() {
        Uncertainty uncertainty = of(model(1), model(2), new Seeds(1));
        float low = 1;
        float high = 0;
        for (int user = 0; user < data.users(); user++) {
            for (int item = 0; item < data.items(); item++) {
                float q = uncertainty.of(user, item);
                assertThat(q).isBetween(0f, 1f);
                low = Math.min(low, q);
                high = Math.max(high, q);
            }
        }
        assertThat(high - low).as("differs between items").isGreaterThan(0.2f);
    }

    @Test
    final void isTheSameInWhateverOrderOneAsks() {
        Uncertainty one = of(model(1), model(2), new Seeds(1));
        float[] there = new float[200];
        for (int n = 0; n < there.length; n++) {
            there[n] = one.of(n * 7 % data.users(), n * 11 % data.items());
        }

        Uncertainty other = of(model(1), model(2), new Seeds(1));
        for (int n = there.length - 1; n >= 0; n--) {
            assertThat(other.of(n * 7 % data.users(), n * 11 % data.items())).isEqualTo(there[n]);
        }
    }

    @Test
    final void whoKnowsNothingIsUnsure() {
        DotProductModel nothing = new DotProductModel(
                4, new float[data.users() * 4], new float[data.items() * 4], new float[data.items()]);

        assertThat(of(nothing, nothing, new Seeds(1)).of(3, 5)).isEqualTo(1);
    }

    @Test
    final void isFiniteWhereVectorsAreZeroOrHuge() {
        DotProductModel odd = model(1);
        Arrays.fill(odd.users(), 0, odd.dim(), 0);
        Arrays.fill(odd.items(), 0, odd.dim(), 0);
        Arrays.fill(odd.items(), odd.dim(), 2 * odd.dim(), 1e15f);
        Uncertainty uncertainty = of(odd, model(2), new Seeds(1));
        for (int user = 0; user < 2; user++) {
            for (int item = 0; item < 3; item++) {
                assertThat(uncertainty.of(user, item)).isBetween(0f, 1f);
            }
        }
    }

    /** Random vectors, whose scores have a standard deviation of about 1. */
    final DotProductModel model(long seed) {
        DotProductModel model =
                BprMf.random(data.users(), data.items(), 8, new Seeds(seed)).tables();
        SplittableRandom biases = new Seeds(seed).random("biases");
        for (int at = 0; at < model.users().length; at++) {
            model.users()[at] *= 30;
        }
        for (int at = 0; at < model.items().length; at++) {
            model.items()[at] *= 10;
        }
        for (int item = 0; item < data.items(); item++) {
            model.itemBias()[item] = (float) biases.nextGaussian();
        }
        return model;
    }
}
