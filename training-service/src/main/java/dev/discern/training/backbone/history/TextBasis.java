package dev.discern.training.backbone.history;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;

/**
 * The principal axes of a catalogue's text vectors. What a model learns of {@link TextFeatures} means nothing in another basis, so a
 * basis stays with the model: new texts, and those of a later training that goes on with it, are seen in the same one.
 *
 * @param mean (width) of the vectors
 * @param axes (components, width) of length 1, that of the largest eigenvalue first
 * @param whitening (components) {@code λ_c^-¼}, 0 where the eigenvalue is rounding
 * @param scale brings the half-whitened components to a mean square length of 1
 */
@SuppressWarnings("ArrayRecordComponent") // read by loops; the record is never compared
public record TextBasis(int wideDim, int narrowDim, double[] mean, double[][] axes, double[] whitening, float scale) {

    /** Of the largest eigenvalue: below it is rounding, as in a catalogue of fewer texts than a vector has numbers. */
    private static final double NOISE = 1e-9;

    public TextBasis {
        if (wideDim < 1 || narrowDim < 1 || axes.length != whitening.length || !Float.isFinite(scale)) {
            throw new IllegalArgumentException("no basis of %d and %d dimensions: %d axes, %d of their scales, scale %s"
                    .formatted(wideDim, narrowDim, axes.length, whitening.length, scale));
        }
        for (double[] axis : axes) {
            if (axis.length != mean.length) {
                throw new IllegalArgumentException(
                        "an axis of the texts: expected %d numbers, found %d".formatted(mean.length, axis.length));
            }
        }
    }

    /**
     * The axes of the vectors of a catalogue.
     *
     * @param vectors (items) each of the same length, or null where there is no text; where there is none at all the basis has width 0
     */
    public static TextBasis of(float[] @Nullable [] vectors, int wideDim, int narrowDim) {
        int width = Arrays.stream(vectors)
                .filter(vector -> vector != null)
                .mapToInt(vector -> vector.length)
                .findFirst()
                .orElse(0);
        if (width == 0) {
            return new TextBasis(wideDim, narrowDim, new double[0], new double[0][], new double[0], 1);
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
        TextBasis unscaled = new TextBasis(wideDim, narrowDim, mean, axes, whitening, 1);
        return new TextBasis(wideDim, narrowDim, mean, axes, whitening, unscaled.toUnitMeanSquare(vectors));
    }

    /** Length of the vectors; 0 where there were none. */
    public int width() {
        return mean.length;
    }

    /**
     * What the model sees of these vectors.
     *
     * @param vectors (items) of {@link #width}, or null where there is no text
     */
    public TextFeatures features(float[] @Nullable [] vectors) {
        TextFeatures features = TextFeatures.none(vectors.length, wideDim, narrowDim);
        for (int item = 0; item < vectors.length; item++) {
            float[] vector = vectors[item];
            if (vector != null && width() > 0) {
                put(vector, features, item);
            }
        }
        return features;
    }

    private void put(float[] vector, TextFeatures features, int item) {
        if (vector.length != width()) {
            throw new IllegalArgumentException(
                    "a text vector: expected %d numbers, found %d".formatted(width(), vector.length));
        }
        double narrowSquare = 0;
        for (int c = 0; c < axes.length; c++) {
            double value = along(c, vector);
            if (c < narrowDim) {
                features.narrow()[item * narrowDim + c] = (float) value;
                narrowSquare += value * value;
            }
            if (c < wideDim) {
                features.wide()[item * wideDim + c] = (float) (value * whitening[c]) * scale;
            }
        }
        float toUnit = narrowSquare > 0 ? (float) (1 / Math.sqrt(narrowSquare)) : 0;
        for (int d = 0; d < narrowDim; d++) {
            features.narrow()[item * narrowDim + d] *= toUnit;
        }
    }

    private double along(int c, float[] vector) {
        double value = 0;
        for (int d = 0; d < mean.length; d++) {
            value += axes[c][d] * (vector[d] - mean[d]);
        }
        return value;
    }

    private float toUnitMeanSquare(float[] @Nullable [] vectors) {
        double square = 0;
        int texts = 0;
        for (float[] vector : vectors) {
            if (vector != null) {
                texts++;
                for (int c = 0; c < Math.min(wideDim, axes.length); c++) {
                    double whitened = along(c, vector) * whitening[c];
                    square += whitened * whitened;
                }
            }
        }
        return (float) Math.sqrt(texts / Math.max(square, 1e-30));
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
