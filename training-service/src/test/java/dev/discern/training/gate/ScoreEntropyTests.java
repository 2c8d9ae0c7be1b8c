package dev.discern.training.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import org.junit.jupiter.api.Test;

class ScoreEntropyTests extends UncertaintyContract {

    @Override
    Uncertainty of(DotProductModel model, DotProductModel other, Seeds seeds) {
        return new ScoreEntropy(model);
    }

    @Test
    void isTheEntropyInBits() {
        // σ(log 3) = ¾, and −¾ log₂ ¾ − ¼ log₂ ¼ = 2 − ¾ log₂ 3.
        DotProductModel model =
                new DotProductModel(1, new float[] {2, 0}, new float[] {(float) Math.log(3) / 2}, new float[1]);
        Uncertainty uncertainty = new ScoreEntropy(model);

        assertThat((double) uncertainty.of(0, 0)).isCloseTo(2 - 0.75 * Math.log(3) / Math.log(2), within(1e-6));
        assertThat(uncertainty.of(1, 0)).isEqualTo(1);
    }
}
