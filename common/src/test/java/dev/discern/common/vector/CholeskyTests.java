package dev.discern.common.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyTests {

    private final SplittableRandom random = new Seeds(5).random("cholesky");

    @Test
    void aSystemSolvedByHand() {
        double[] x = Cholesky.solve(new double[][] {{4, 2}, {2, 3}}, new double[] {2, 5});
        assertThat(x).containsExactly(new double[] {-0.5, 2}, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 64, 65})
    void theSolutionFulfilsTheSystem(int size) {
        double[][] matrix = positiveDefinite(size);
        double[] right = gaussian(size);
        double[][] matrixBefore = Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
        double[] rightBefore = right.clone();

        double[] x = Cholesky.solve(matrix, right);

        assertThat(times(matrix, x)).containsExactly(right, within(1e-9));
        assertThat(matrix).isDeepEqualTo(matrixBefore);
        assertThat(right).isEqualTo(rightBefore);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 13, 64})
    void theInverseTimesTheMatrixIsOne(int size) {
        double[][] matrix = positiveDefinite(size);
        double[][] inverse = Cholesky.invert(matrix);
        for (int column = 0; column < size; column++) {
            double[] unit = new double[size];
            unit[column] = 1;
            assertThat(times(matrix, inverse[column])).containsExactly(unit, within(1e-9));
        }
    }

    @Test
    void onlyTheLowerTriangleIsRead() {
        double[][] matrix = positiveDefinite(6);
        double[] right = gaussian(6);
        double[] expected = Cholesky.solve(matrix, right);
        for (int row = 0; row < 6; row++) {
            Arrays.fill(matrix[row], row + 1, 6, Double.NaN);
        }
        assertThat(Cholesky.solve(matrix, right)).isEqualTo(expected);
    }

    @Test
    void otherMatricesAreRefused() {
        assertRefused(new double[][] {{0}}, 0);
        assertRefused(new double[][] {{-1}}, 0);
        assertRefused(new double[][] {{Double.NaN}}, 0);
        assertRefused(new double[][] {{1, 2}, {2, 1}}, 1); // indefinite
        assertRefused(new double[][] {{1, 1}, {1, 1}}, 1); // singular
    }

    private static void assertRefused(double[][] matrix, int row) {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Cholesky.solve(matrix, new double[matrix.length]))
                .withMessage("the matrix is not positive definite at row " + row);
    }

    /** {@code AᵀA + 1}. */
    private double[][] positiveDefinite(int size) {
        double[][] matrix = new double[size][size];
        for (int n = 0; n < size; n++) {
            double[] a = gaussian(size);
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    matrix[row][column] += a[row] * a[column];
                }
            }
            matrix[n][n] += 1;
        }
        return matrix;
    }

    private static double[] times(double[][] matrix, double[] x) {
        return Arrays.stream(matrix)
                .mapToDouble(row -> {
                    double sum = 0;
                    for (int k = 0; k < x.length; k++) {
                        sum += row[k] * x[k];
                    }
                    return sum;
                })
                .toArray();
    }

    private double[] gaussian(int length) {
        return random.doubles(length).map(x -> 2 * x - 1).toArray();
    }
}
