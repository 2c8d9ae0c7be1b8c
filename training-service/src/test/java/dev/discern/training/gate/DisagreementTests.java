package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementTests extends UncertaintyContract {

    @Override
    Uncertainty of(DotProductModel model, DotProductModel other, Seeds seeds) {
        return Uncertainty.of(UncertaintyKind.ENSEMBLE, model, other, data, seeds);
    }

    /** Two models: the variance of two numbers is half of their squared difference. */
    @Test
    void isTheVarianceOfStandardizedScores() {
        DotProductModel one = model(1);
        DotProductModel other = model(2);
        Uncertainty uncertainty = of(one, other, new Seeds(6));
        for (int user : new int[] {0, 17, 89}) {
            for (int item : new int[] {0, 30, 59}) {
                double difference = standardized(one, user, item) - standardized(other, user, item);
                double variance = difference * difference / 2;
                assertThat((double) uncertainty.of(user, item)).isCloseTo(variance / (1 + variance), within(1e-4));
            }
        }
    }

    private double standardized(DotProductModel model, int user, int item) {
        double[] scores = Arrays.stream(new SampledCandidates(data, new Seeds(6)).of(user))
                .mapToDouble(candidate -> model.score(user, candidate, Kernels.scalar()))
                .toArray();
        double mean = Arrays.stream(scores).average().orElseThrow();
        double variance = Arrays.stream(scores)
                .map(score -> (score - mean) * (score - mean))
                .average()
                .orElseThrow();
        return (model.score(user, item, Kernels.scalar()) - mean) / Math.sqrt(variance);
    }

    @Test
    void modelsThatDifferInScaleAloneAgree() {
        DotProductModel model = model(1);
        float[] users = model.users().clone();
        float[] biases = model.itemBias().clone();
        for (int at = 0; at < users.length; at++) {
            users[at] *= 5;
        }
        for (int item = 0; item < biases.length; item++) {
            biases[item] = 5 * biases[item] + 40;
        }
        Uncertainty uncertainty =
                of(model, new DotProductModel(model.dim(), users, model.items(), biases), new Seeds(1));

        for (int item = 0; item < data.items(); item++) {
            assertThat(uncertainty.of(11, item)).isLessThan(1e-4f);
        }
    }

    @Test
    void nobodyDisagreesWithThemselves() {
        DotProductModel model = model(1);

        assertThat(of(model, model, new Seeds(1)).of(4, 9)).isZero();
        assertThatThrownBy(() -> new Disagreement(
                        UncertaintyKind.ENSEMBLE, List.of(Disagreement.View.of(model)), data, new Seeds(1)))
                .hasMessage("nobody disagrees with themselves: expected two views at least");
        assertThatThrownBy(() -> Uncertainty.of(UncertaintyKind.ENSEMBLE, model, null, data, new Seeds(1)))
                .hasMessage("an ensemble needs a second model");
    }
}
