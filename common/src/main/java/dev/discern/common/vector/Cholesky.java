package dev.discern.common.vector;

/** Solves small symmetric positive definite systems by their Cholesky factor; only the lower triangle of a matrix is read. */
public final class Cholesky {

    private Cholesky() {}

    /**
     * The x of {@code matrix · x = right}.
     *
     * @param matrix (n, n)
     * @param right (n)
     * @throws ArithmeticException if the matrix is not positive definite
     */
    public static double[] solve(double[][] matrix, double[] right) {
        double[][] lower = decompose(matrix);
        int size = right.length;
        double[] x = right.clone();
        for (int row = 0; row < size; row++) {
            for (int k = 0; k < row; k++) {
                x[row] -= lower[row][k] * x[k];
            }
            x[row] /= lower[row][row];
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int k = row + 1; k < size; k++) {
                x[row] -= lower[k][row] * x[k];
            }
            x[row] /= lower[row][row];
        }
        return x;
    }

    /**
     * The inverse, (n, n), both triangles.
     *
     * @throws ArithmeticException if the matrix is not positive definite
     */
    public static double[][] invert(double[][] matrix) {
        int size = matrix.length;
        double[][] inverse = new double[size][];
        for (int column = 0; column < size; column++) {
            double[] unit = new double[size];
            unit[column] = 1;
            inverse[column] = solve(matrix, unit);
        }
        return inverse;
    }

    private static double[][] decompose(double[][] matrix) {
        int size = matrix.length;
        double[][] lower = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double sum = matrix[row][column];
                for (int k = 0; k < column; k++) {
                    sum -= lower[row][k] * lower[column][k];
                }
                if (row == column) {
                    if (!(sum > 0)) {
                        throw new ArithmeticException("the matrix is not positive definite at row " + row);
                    }
                    lower[row][row] = Math.sqrt(sum);
                } else {
                    lower[row][column] = sum / lower[column][column];
                }
            }
        }
        return lower;
    }
}
