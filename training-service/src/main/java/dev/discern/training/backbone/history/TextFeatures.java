package dev.discern.training.backbone.history;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * What the history model sees of texts: principal components of the encoder's vectors.
 *
 * @param wide (items, {@code wideDim}) half-whitened, component c divided by {@code λ_c^¼}, of mean square length 1; zeros for an
 *     item without a text
 * @param narrow (items, {@code narrowDim}) of length 1; zeros for an item without a text
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record TextFeatures(int wideDim, float[] wide, int narrowDim, float[] narrow) {

    /** Of the largest eigenvalue: below it is rounding, as in a catalogue of fewer texts than a vector has numbers. */
    private static final double NOISE = 1e-9;

    /** Features of items none of which has a text. */
    public static TextFeatures none(int items, int wideDim, int narrowDim) {
        return new TextFeatures(wideDim, new float[items * wideDim], narrowDim, new float[items * narrowDim]);
    }

    /**
     * Of the vectors of a catalogue.
     *
     * @param vectors (items) each of the same length, or null where there is no text
     */
    public static TextFeatures of(float[] @Nullable [] vectors, int wideDim, int narrowDim) {
        int width = Arrays.stream(vectors)
                .filter(vector -> vector != null)
                .mapToInt(vector -> vector.length)
                .findFirst()
                .orElse(0);
        TextFeatures features = none(vectors.length, wideDim, narrowDim);
        if (width == 0) {
            return features;
        }
        double[] mean = mean(vectors, width);
        EigenDecompositionSymmetric eigen =
                new EigenDecompositionSymmetric(covariance(vectors, mean)); // falling eigenvalues
        int components = Math.min(width, Math.max(wideDim, narrowDim));
        double[][] axes = new double[components][];
        double[] whitening = new double[components];
        for (int c = 0; c < components; c++) {
            axes[c] = eigen.getEigenvector(c).toArray();
            double eigenvalue = eigen.getEigenvalue(c);
            boolean noise = eigenvalue <= NOISE * eigen.getEigenvalue(0);
            whitening[c] = noise ? 0 : Math.pow(eigenvalue, -0.25);
        }
        double square = 0;
        int texts = 0;
        for (int item = 0; item < vectors.length; item++) {
            if (vectors[item] == null) {
                continue;
            }
            texts++;
            double narrowSquare = 0;
            for (int c = 0; c < components; c++) {
                double value = 0;
                for (int d = 0; d < width; d++) {
                    value += axes[c][d] * (vectors[item][d] - mean[d]);
                }
                if (c < narrowDim) {
                    features.narrow[item * narrowDim + c] = (float) value;
                    narrowSquare += value * value;
                }
                if (c < wideDim) {
                    double whitened = value * whitening[c];
                    features.wide[item * wideDim + c] = (float) whitened;
                    square += whitened * whitened;
                }
            }
            scale(features.narrow, item * narrowDim, narrowDim, narrowSquare);
        }
        float scale = (float) Math.sqrt(texts / Math.max(square, 1e-30));
        for (int at = 0; at < features.wide.length; at++) {
            features.wide[at] *= scale;
        }
        return features;
    }

    private static void scale(float[] table, int from, int length, double square) {
        float scale = square > 0 ? (float) (1 / Math.sqrt(square)) : 0;
        for (int d = 0; d < length; d++) {
            table[from + d] *= scale;
        }
    }

    private static double[] mean(float[] @Nullable [] vectors, int width) {
        double[] mean = new double[width];
        int count = 0;
        for (float[] vector : vectors) {
            if (vector != null) {
                count++;
                for (int d = 0; d < width; d++) {
                    mean[d] += vector[d];
                }
            }
        }
        for (int d = 0; d < width; d++) {
            mean[d] /= count;
        }
        return mean;
    }

    private static RealMatrix covariance(float[] @Nullable [] vectors, double[] mean) {
        int width = mean.length;
        double[][] sums = new double[width][width];
        double[] centred = new double[width];
        int count = 0;
        for (float[] vector : vectors) {
            if (vector == null) {
                continue;
            }
            count++;
            for (int d = 0; d < width; d++) {
                centred[d] = vector[d] - mean[d];
            }
            for (int d = 0; d < width; d++) {
                double value = centred[d];
                double[] row = sums[d];
                for (int e = 0; e < width; e++) {
                    row[e] += value * centred[e];
                }
            }
        }
        for (double[] row : sums) {
            for (int e = 0; e < width; e++) {
                row[e] /= count;
            }
        }
        return new Array2DRowRealMatrix(sums, false);
    }
}
