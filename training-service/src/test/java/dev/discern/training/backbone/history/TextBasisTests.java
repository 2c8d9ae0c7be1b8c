package dev.discern.training.backbone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextBasisTests {

    private static final int ITEMS = 60;

    private static float[][] vectors(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[][] vectors = new float[ITEMS][6];
        for (float[] vector : vectors) {
            for (int d = 0; d < 6; d++) {
                vector[d] = (float) ((6 - d) * random.nextGaussian() + d);
            }
        }
        return vectors;
    }

    @Test
    void aTextIsSeenAlikeAmongOthersAndAlone() {
        float[][] vectors = vectors(1);
        TextBasis basis = TextBasis.of(vectors, 4, 3);
        TextFeatures all = basis.features(vectors);

        TextFeatures alone = basis.features(new float[][] {vectors[7], null});

        assertThat(Arrays.copyOf(alone.wide(), 4)).isEqualTo(Arrays.copyOfRange(all.wide(), 28, 32));
        assertThat(Arrays.copyOf(alone.narrow(), 3)).isEqualTo(Arrays.copyOfRange(all.narrow(), 21, 24));
        assertThat(Arrays.copyOfRange(alone.wide(), 4, 8)).containsOnly(0);
        assertThat(TextFeatures.of(vectors, 4, 3).wide()).isEqualTo(all.wide());
    }

    @Test
    void anotherCatalogueHasOtherAxes() {
        TextFeatures own = TextFeatures.of(vectors(2), 4, 3);
        TextFeatures others = TextBasis.of(vectors(1), 4, 3).features(vectors(2));

        double furthest = 0;
        for (int at = 0; at < own.wide().length; at++) {
            furthest = Math.max(furthest, Math.abs(own.wide()[at] - others.wide()[at]));
        }
        assertThat(furthest).isGreaterThan(0.1);
    }

    @Test
    void withoutTextsThereAreNoAxes() {
        TextBasis none = TextBasis.of(new float[3][], 4, 3);

        assertThat(none.width()).isZero();
        assertThat(none.features(vectors(1)).wide()).hasSize(4 * ITEMS).containsOnly(0);
    }

    @Test
    void vectorsOfAnotherEncoderAreRefused() {
        TextBasis basis = TextBasis.of(vectors(1), 4, 3);

        assertThatThrownBy(() -> basis.features(new float[][] {{1, 2, 3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a text vector: expected 6 numbers, found 3");
    }

    @Test
    void narrowTextsHaveLengthOneInAnyBasis() {
        TextFeatures seen = TextBasis.of(vectors(1), 4, 3).features(vectors(2));

        for (int item = 0; item < ITEMS; item++) {
            double square = 0;
            for (int d = 0; d < 3; d++) {
                square += seen.narrow()[item * 3 + d] * seen.narrow()[item * 3 + d];
            }
            assertThat(square).isCloseTo(1, within(1e-5));
        }
    }
}
