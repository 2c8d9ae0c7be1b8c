package dev.discern.common.statistics;

import dev.discern.common.vector.Cholesky;
import java.util.Arrays;

/**
 * Weighted L2 logistic regression without an intercept on examples whose label is always 1 (pairs turned so that the chosen item
 * comes first), fitted by Newton's method:
 *
 * <pre>
 *   minimize Σ_n w_n log(1 + exp(−x_n · β)) + ½ ridge |β|²
 * </pre>
 *
 * Weights are scaled to mean 1. Standard errors are robust to clusters of dependent examples (Liang and Zeger, 1986):
 * {@code H⁻¹ (Σ_c g_c g_cᵀ) H⁻¹} with {@code g_c} the gradient of cluster c.
 */
public final class LogisticRegression {

    private static final int MAX_STEPS = 50;
    private static final double TOLERANCE = 1e-9;

    /** A fit: coefficients and their standard errors. */
    @SuppressWarnings("ArrayRecordComponent") // read by loops; never compared
    public record Fit(double[] coefficients, double[] standardErrors) {

        /** {@code p = σ(x · β)}: the probability that the first item of a pair with these features is the chosen one. */
        public double probability(double[] x) {
            return 1 / (1 + Math.exp(-dot(x, coefficients)));
        }
    }

    private LogisticRegression() {}

    /**
     * Fits.
     *
     * @param features (n)(features)
     * @param weights (n), positive
     * @param cluster (n), equal for dependent examples, which stand together
     */
    public static Fit fit(double[][] features, double[] weights, int[] cluster, double ridge) {
        int width = features[0].length;
        double scale = weights.length / Arrays.stream(weights).sum();
        double[] beta = new double[width];
        double[][] hessian = new double[width][width];
        for (int step = 0; step < MAX_STEPS; step++) {
            double[] gradient = new double[width];
            hessian = new double[width][width];
            for (int f = 0; f < width; f++) {
                gradient[f] = -ridge * beta[f];
                hessian[f][f] = ridge;
            }
            for (int n = 0; n < features.length; n++) {
                double[] x = features[n];
                double miss = 1 / (1 + Math.exp(dot(x, beta))); // 1 − p
                double weight = weights[n] * scale;
                double curvature = weight * miss * (1 - miss);
                for (int f = 0; f < width; f++) {
                    gradient[f] += weight * miss * x[f];
                    for (int h = 0; h <= f; h++) {
                        hessian[f][h] += curvature * x[f] * x[h];
                    }
                }
            }
            double[] move = Cholesky.solve(hessian, gradient);
            double largest = 0;
            for (int f = 0; f < width; f++) {
                beta[f] += move[f];
                largest = Math.max(largest, Math.abs(move[f]));
            }
            if (largest < TOLERANCE) {
                break;
            }
        }
        return new Fit(beta, standardErrors(features, weights, cluster, scale, beta, hessian));
    }

    private static double[] standardErrors(
            double[][] features, double[] weights, int[] cluster, double scale, double[] beta, double[][] hessian) {
        int width = beta.length;
        double[][] inverse = Cholesky.invert(hessian);
        double[] variance = new double[width];
        double[] sum = new double[width];
        for (int n = 0; n < features.length; n++) {
            double pull = weights[n] * scale / (1 + Math.exp(dot(features[n], beta)));
            for (int f = 0; f < width; f++) {
                sum[f] += pull * features[n][f];
            }
            if (n + 1 == features.length || cluster[n + 1] != cluster[n]) {
                for (int f = 0; f < width; f++) {
                    double influence = dot(inverse[f], sum);
                    variance[f] += influence * influence;
                }
                Arrays.fill(sum, 0);
            }
        }
        return Arrays.stream(variance).map(Math::sqrt).toArray();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }
}
