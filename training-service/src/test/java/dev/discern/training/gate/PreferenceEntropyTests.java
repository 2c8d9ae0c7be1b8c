package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.BinaryEntropy;
import dev.discern.training.backbone.DotProductModel;
import org.junit.jupiter.api.Test;

class PreferenceEntropyTests extends UncertaintyContract {

    @Override
    Uncertainty of(DotProductModel model, DotProductModel other, Seeds seeds) {
        return new PreferenceEntropy(model, data, seeds);
    }

    @Test
    void isOfTheMeanPreferenceOverTheUsersCandidates() {
        DotProductModel model = model(1);
        Uncertainty uncertainty = new PreferenceEntropy(model, data, new Seeds(4));
        for (int user : new int[] {0, 17, 89}) {
            for (int item : new int[] {0, 30, 59}) {
                double wins = 0;
                for (int candidate : new SampledCandidates(data, new Seeds(4)).of(user)) {
                    wins += 1 / (1 + Math.exp(-model.difference(user, item, candidate, Kernels.scalar())));
                }
                assertThat((double) uncertainty.of(user, item))
                        .isCloseTo(BinaryEntropy.bits(wins / SampledCandidates.COUNT), within(1e-5));
            }
        }
    }

    @Test
    void anItemAboveAllOthersIsCertainAndOneInTheMiddleIsNot() {
        DotProductModel model =
                new DotProductModel(1, new float[data.users()], new float[data.items()], new float[data.items()]);
        for (int item = 0; item < data.items(); item++) {
            model.itemBias()[item] = item;
        }
        model.itemBias()[7] = 1_000;
        Uncertainty uncertainty = new PreferenceEntropy(model, data, new Seeds(1));

        assertThat(uncertainty.of(0, 7)).isLessThan(0.25f); // itself is among its candidates
        assertThat(uncertainty.of(0, data.items() / 2)).isGreaterThan(0.95f);
    }

    /** The score's entropy is another one then, though the model ranks and chooses as before. */
    @Test
    void whatIsAddedToAllScoresChangesNothing() {
        DotProductModel model = model(1);
        float before = new PreferenceEntropy(model, data, new Seeds(1)).of(3, 5);
        for (int item = 0; item < data.items(); item++) {
            model.itemBias()[item] += 8;
        }

        assertThat((double) new PreferenceEntropy(model, data, new Seeds(1)).of(3, 5))
                .isCloseTo(before, within(1e-4));
        assertThat(new ScoreEntropy(model).of(3, 5)).isLessThan(0.1f);
    }
}
