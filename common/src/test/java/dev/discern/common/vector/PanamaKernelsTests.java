package dev.discern.common.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast kernels against the scalar ones, at awkward sizes and offsets, with the neighbours untouched. */
class PanamaKernelsTests {

    private static final int[] ROW_COUNTS = {1, 2, 3, 4, 5, 7, 8, 13};

    private final VectorKernels scalar = new ScalarKernels();
    private final VectorKernels panama = new PanamaKernels();
    private final SplittableRandom random = new Seeds(3).random("kernels");

    @Test
    void theFastKernelsAreTheOnesThatTestsRun() {
        assertThat(Kernels.best().name()).startsWith("panama-");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8, 13, 16, 31, 33, 63, 64, 65, 207, 702, 4098})
    void dotAndAxpyAgree(int length) {
        float[] a = gaussian(length + 5);
        float[] b = gaussian(length + 9);

        assertThat(panama.dot(a, 3, b, 7, length)).isEqualTo(scalar.dot(a, 3, b, 7, length), tolerance(length));

        float[] expected = b.clone();
        float[] found = b.clone();
        scalar.axpy(0.37f, a, 3, expected, 7, length);
        panama.axpy(0.37f, a, 3, found, 7, length);
        assertClose(found, expected, 1);
        assertThat(found[6]).isEqualTo(b[6]);
        assertThat(found[7 + length]).isEqualTo(b[7 + length]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 64, 65, 207})
    void scoresAgreeForOneQueryAndForSeveral(int dim) {
        for (int rows : ROW_COUNTS) {
            for (int queries : ROW_COUNTS) {
                float[] matrix = gaussian((rows + 2) * dim);
                float[] query = gaussian((queries + 1) * dim);
                float[] expected = new float[queries * rows + 1];
                float[] found = new float[queries * rows + 1];
                scalar.scores(query, 1, queries, matrix, 2, rows, dim, expected);
                panama.scores(query, 1, queries, matrix, 2, rows, dim, found);
                assertClose(found, expected, dim);

                float[] one = new float[rows + 4];
                panama.scores(query, dim, matrix, 2, rows, dim, one, 3);
                for (int row = 0; row < rows; row++) {
                    assertThat(one[3 + row]).isEqualTo(expected[row], tolerance(dim));
                }
                assertThat(one[2]).isZero();
                assertThat(one[3 + rows]).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 31, 64, 65, 207, 702})
    void pairDifferenceAndPairUpdateAgree(int dim) {
        float[] users = gaussian(2 * dim + 3);
        float[] items = gaussian(3 * dim + 3);

        assertThat(panama.pairDifference(users, dim, items, 0, 2 * dim, dim))
                .isEqualTo(scalar.pairDifference(users, dim, items, 0, 2 * dim, dim), tolerance(dim));

        float[] expectedUsers = users.clone();
        float[] expectedItems = items.clone();
        scalar.pairUpdate(expectedUsers, dim, expectedItems, 0, 2 * dim, dim, 0.4f, 0.01f, 0.1f, 0.2f, 0.3f);
        panama.pairUpdate(users, dim, items, 0, 2 * dim, dim, 0.4f, 0.01f, 0.1f, 0.2f, 0.3f);
        assertClose(users, expectedUsers, 1);
        assertClose(items, expectedItems, 1);
    }

    private static org.assertj.core.data.Offset<Float> tolerance(int length) {
        return within(1e-5f * (float) Math.sqrt(length + 1) * 4);
    }

    private static void assertClose(float[] found, float[] expected, int length) {
        for (int k = 0; k < expected.length; k++) {
            assertThat(found[k]).as("element %d", k).isEqualTo(expected[k], tolerance(length));
        }
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
