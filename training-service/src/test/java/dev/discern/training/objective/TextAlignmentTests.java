package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.history.TextFeatures;
import dev.discern.training.testing.PlantedData;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextAlignmentTests {

    private static final int DIM = 5;
    private static final float RATE = 1e-3f;

    private final TextFeatures text = PlantedData.small().texts();

    @Test
    void theGradientByTheItemIsThatOfFiniteDifferences() {
        float[] vector = vector();
        float[] ascent = new float[DIM];
        alignment(0).step(3, vector, 0, ascent);
        for (int d = 0; d < DIM; d++) {
            float[] more = vector.clone();
            float[] less = vector.clone();
            more[d] += 1e-2f;
            less[d] -= 1e-2f;
            double slope = (loss(more) - loss(less)) / 2e-2;
            assertThat((double) ascent[d]).isCloseTo(-slope, within(1e-3));
        }
    }

    @Test
    void aStepOfTheProjectionGoesDownItsGradient() {
        TextAlignment alignment = alignment(RATE);
        float[] before = alignment.projection().clone();
        alignment.step(3, vector(), 0, new float[DIM]);
        for (int at = 0; at < before.length; at += 3) {
            double slope = (lossWith(before, at, 1e-2f) - lossWith(before, at, -1e-2f)) / 2e-2;
            assertThat((alignment.projection()[at] - before[at]) / (double) RATE)
                    .isCloseTo(-slope, within(2e-3));
        }
    }

    @Test
    void anItemWithoutATextIsLeftAlone() {
        float[] ascent = {1, 1, 1, 1, 1};
        double loss =
                new TextAlignment(TextFeatures.none(4, 4, 2), DIM, RATE, new Seeds(1)).step(2, vector(), 0, ascent);

        assertThat(loss).isZero();
        assertThat(ascent).containsOnly(0);
    }

    private double loss(float[] vector) {
        return alignment(0).step(3, vector, 0, new float[DIM]);
    }

    private double lossWith(float[] projection, int at, float by) {
        TextAlignment alignment = alignment(0);
        System.arraycopy(projection, 0, alignment.projection(), 0, projection.length);
        alignment.projection()[at] += by;
        return alignment.step(3, vector(), 0, new float[DIM]);
    }

    private TextAlignment alignment(float rate) {
        return new TextAlignment(text, DIM, rate, new Seeds(2));
    }

    private static float[] vector() {
        SplittableRandom random = new SplittableRandom(9);
        float[] vector = new float[DIM];
        for (int d = 0; d < DIM; d++) {
            vector[d] = (float) random.nextGaussian();
        }
        return vector;
    }
}
