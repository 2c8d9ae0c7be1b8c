package dev.discern.training.backbone.neighbour;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.Scorer;

/**
 * Items that came after those of the history: a Markov chain with gaps, after the sequential neighbours of Ludewig and Jannach
 * (Evaluation of Session-Based Recommendation Algorithms, UMUAI 2018) and the skips of Shani et al. (JMLR 2005):
 *
 * <pre>
 *   c(i, j) = Σ over i before j by lag l ≤ 10 of l^-LAG
 *   w(i, j) = c(i, j) / (n_i^FROM · n_j^TO)             s(u, j) = Σ_k k^-RECENCY · w(h(k), j)
 * </pre>
 *
 * with n_i the training interactions of item i and h(1) the newest item of the history. Each item keeps its nearest neighbours only.
 */
public final class TransitionKnn {

    private static final int LAGS = 10;
    private static final int RECENT = 50;

    // Chosen on validation items of two catalogues: Beauty, of many rare items, and MovieTweetings, of few popular
    // ones.
    static final double LAG = 0.5;
    static final double FROM = 0.5;
    static final double TO = 0.15;
    static final double RECENCY = 1;

    private TransitionKnn() {}

    /**
     * Counts training interactions to score users by other histories.
     *
     * @param train oldest first
     * @param histories of the users to score for, oldest first; they may have more items than in training
     * @param kept neighbours of each item
     */
    public static Scorer of(InteractionMatrix train, InteractionMatrix histories, int kept) {
        Occurrences occurrences = Occurrences.of(train);
        double[] decay = powers(LAGS, LAG);
        double[] from = new double[train.items()];
        double[] to = new double[train.items()];
        int[] counts = train.columnCounts();
        for (int item = 0; item < counts.length; item++) {
            from[item] = Math.pow(counts[item], -FROM);
            to[item] = Math.pow(counts[item], -TO);
        }
        Neighbours neighbours = Neighbours.of(
                train.items(),
                kept,
                (item, row) -> {
                    for (int n = occurrences.start()[item]; n < occurrences.start()[item + 1]; n++) {
                        int at = occurrences.position()[n];
                        int end = train.rowStart()[occurrences.user()[n] + 1];
                        for (int lag = 1; lag <= LAGS && at + lag < end; lag++) {
                            if (train.columns()[at + lag] != item) {
                                row.add(train.columns()[at + lag], decay[lag - 1]);
                            }
                        }
                    }
                },
                (i, j, counted) -> counted * from[i] * to[j]);
        double[] powers = powers(RECENT, RECENCY);
        float[] recency = new float[RECENT];
        for (int k = 0; k < RECENT; k++) {
            recency[k] = (float) powers[k];
        }
        return new NeighbourScorer(neighbours, histories, recency);
    }

    /** {@code 1^-exponent, 2^-exponent, …}. */
    private static double[] powers(int length, double exponent) {
        double[] powers = new double[length];
        for (int k = 0; k < length; k++) {
            powers[k] = Math.pow(k + 1.0, -exponent);
        }
        return powers;
    }
}
