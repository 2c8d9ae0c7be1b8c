package dev.discern.training.backbone;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.Arrays;

/**
 * Two scorers added up after each has scored: {@code s(u, i) = z(a(u, i)) + β · z(b(u, i))}, where z standardizes a user's scores
 * over the catalogue to mean 0 and variance 1 (Fox and Shaw's CombSUM of 1994, with the z-score of Montague and Aslam, 2001), since
 * scorers have units of their own. A scorer that scores all alike has nothing to say and adds 0.
 *
 * @param base a
 * @param other b
 * @param weight β, not negative
 */
public record LateFusion(Scorer base, Scorer other, float weight) implements Scorer {

    private static final VectorKernels KERNELS = Kernels.best();

    public LateFusion {
        if (base.itemCount() != other.itemCount()) {
            throw new IllegalArgumentException(
                    "scorers of %d and %d items cannot be added".formatted(base.itemCount(), other.itemCount()));
        }
        if (!(weight >= 0) || Float.isInfinite(weight)) {
            throw new IllegalArgumentException("expected a weight of at least 0, found " + weight);
        }
    }

    @Override
    public int itemCount() {
        return base.itemCount();
    }

    @Override
    public void scores(int[] users, int from, int to, float[] into) {
        float[] second = new float[(to - from) * itemCount()];
        standardized(base, users, from, to, into);
        standardized(other, users, from, to, second);
        KERNELS.axpy(weight, second, 0, into, 0, second.length);
    }

    /** A scorer's scores as they are added: (to − from, items), each row of mean 0 and variance 1. */
    public static void standardized(Scorer scorer, int[] users, int from, int to, float[] into) {
        int items = scorer.itemCount();
        scorer.scores(users, from, to, into);
        for (int row = 0; row < (to - from) * items; row += items) {
            standardize(into, row, items);
        }
    }

    private static void standardize(float[] scores, int from, int items) {
        double sum = 0;
        double squares = 0;
        for (int at = from; at < from + items; at++) {
            double shifted = scores[at] - scores[from]; // the variance of nearly equal scores would cancel out
            sum += shifted;
            squares += shifted * shifted;
        }
        double mean = sum / items;
        double variance = squares / items - mean * mean;
        if (!(variance > 0)) {
            Arrays.fill(scores, from, from + items, 0);
            return;
        }
        double origin = scores[from] + mean;
        double scale = 1 / Math.sqrt(variance);
        for (int at = from; at < from + items; at++) {
            scores[at] = (float) ((scores[at] - origin) * scale);
        }
    }
}
