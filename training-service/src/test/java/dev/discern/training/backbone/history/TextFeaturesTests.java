package dev.discern.training.backbone.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TextFeaturesTests {

    private static final int ITEMS = 500;
    private static final int WIDTH = 6;

    /** Variances 16, 4, 1, ¼, 0, 0 along the axes, turned by a rotation, away from the origin. */
    private static float[][] vectors() {
        SplittableRandom random = new SplittableRandom(1);
        float[][] vectors = new float[ITEMS][];
        double c = Math.cos(0.6);
        double s = Math.sin(0.6);
        for (int item = 0; item < ITEMS; item++) {
            double[] x = {
                4 * random.nextGaussian(), 2 * random.nextGaussian(), random.nextGaussian(), random.nextGaussian() / 2
            };
            vectors[item] = new float[] {
                (float) (c * x[0] - s * x[1] + 5), (float) (s * x[0] + c * x[1]), (float) x[2], (float) x[3], 3, 0
            };
        }
        return vectors;
    }

    @Test
    void halfWhitenedComponentsHaveTheRootOfTheirDeviation() {
        TextFeatures features = TextFeatures.of(vectors(), 4, 2);

        double[] deviation = new double[4];
        double mean = 0;
        for (int item = 0; item < ITEMS; item++) {
            for (int d = 0; d < 4; d++) {
                float value = features.wide()[item * 4 + d];
                deviation[d] += value * value / ITEMS;
                mean += value / ITEMS;
            }
        }
        assertThat(mean).isCloseTo(0, within(1e-4));
        assertThat(Arrays.stream(deviation).sum()).isCloseTo(1, within(1e-4));
        // Deviations 4 : 2 : 1 : ½, so variances after division by their roots.
        assertThat(deviation[0] / deviation[1]).isCloseTo(2, within(0.25));
        assertThat(deviation[1] / deviation[2]).isCloseTo(2, within(0.25));
        assertThat(deviation[2] / deviation[3]).isCloseTo(2, within(0.25));
    }

    @Test
    void narrowVectorsHaveLengthOneAndPointAlongTheStrongestAxis() {
        TextFeatures features = TextFeatures.of(vectors(), 4, 2);
        float[][] vectors = vectors();

        for (int item = 0; item < ITEMS; item++) {
            assertThat(Math.hypot(features.narrow()[item * 2], features.narrow()[item * 2 + 1]))
                    .isCloseTo(1, within(1e-5));
        }
        double along = 0;
        for (int item = 0; item < ITEMS; item++) {
            double strongest = Math.cos(0.6) * (vectors[item][0] - 5) + Math.sin(0.6) * vectors[item][1];
            along += Math.signum(strongest) * features.narrow()[item * 2] / ITEMS;
        }
        assertThat(Math.abs(along)).isGreaterThan(0.7); // the mean of |cos| when one axis is twice the other
    }

    @Test
    void itemsWithoutATextAreZerosAndDoNotCount() {
        float[][] some = vectors();
        TextFeatures all = TextFeatures.of(Arrays.copyOf(some, 300), 4, 2);
        float[][] gaps = new float[301][];
        System.arraycopy(some, 0, gaps, 0, 150);
        System.arraycopy(some, 150, gaps, 151, 150);
        TextFeatures found = TextFeatures.of(gaps, 4, 2);

        assertThat(Arrays.copyOfRange(found.wide(), 150 * 4, 151 * 4)).containsOnly(0);
        assertThat(Arrays.copyOfRange(found.narrow(), 150 * 2, 151 * 2)).containsOnly(0);
        assertThat(Arrays.copyOfRange(found.wide(), 151 * 4, 301 * 4))
                .containsExactly(Arrays.copyOfRange(all.wide(), 150 * 4, 300 * 4), within(1e-5f));
    }

    @Test
    void moreDimensionsThanTheTextsHaveStayZero() {
        TextFeatures features = TextFeatures.of(Arrays.copyOf(vectors(), 3), WIDTH + 2, WIDTH + 2);

        for (int item = 0; item < 3; item++) {
            for (int d = 2; d < WIDTH + 2; d++) { // three points span a plane
                assertThat(features.wide()[item * (WIDTH + 2) + d]).isCloseTo(0, within(1e-5f));
            }
        }
        assertThat(features.wide()).doesNotContain(Float.NaN);
    }

    @Test
    void withoutAnyTextAllIsZero() {
        TextFeatures features = TextFeatures.of(new float[4][], 3, 2);

        assertThat(features.wide()).hasSize(12).containsOnly(0);
        assertThat(features.narrow()).hasSize(8).containsOnly(0);
    }
}
