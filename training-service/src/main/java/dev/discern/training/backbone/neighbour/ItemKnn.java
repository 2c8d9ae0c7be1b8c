package dev.discern.training.backbone.neighbour;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.Scorer;
import java.util.Arrays;

/**
 * Items near those of the history, by the cosine of who had them (Deshpande and Karypis, Item-Based Top-N Recommendation Algorithms,
 * TOIS 2004):
 *
 * <pre>
 *   w(i, j) = |U_i ∩ U_j| / √(|U_i| · |U_j|)        s(u, j) = Σ_{i in history} w(i, j)
 * </pre>
 *
 * with U_i the users that have item i in training. Each item keeps its nearest neighbours only.
 */
public final class ItemKnn {

    private ItemKnn() {}

    /**
     * Counts training interactions to score users by other histories.
     *
     * @param histories of the users to score for, which may have more items than in training
     * @param kept neighbours of each item
     */
    public static Scorer of(InteractionMatrix train, InteractionMatrix histories, int kept) {
        Occurrences occurrences = Occurrences.of(train);
        int[] counts = train.columnCounts();
        Neighbours neighbours = Neighbours.of(
                train.items(),
                kept,
                (item, row) -> {
                    for (int n = occurrences.start()[item]; n < occurrences.start()[item + 1]; n++) {
                        int user = occurrences.user()[n];
                        for (int at = train.rowStart()[user]; at < train.rowStart()[user + 1]; at++) {
                            if (train.columns()[at] != item) {
                                row.add(train.columns()[at], 1);
                            }
                        }
                    }
                },
                (i, j, together) -> together / Math.sqrt((double) counts[i] * counts[j]));
        float[] alike = new float[longest(histories)];
        Arrays.fill(alike, 1);
        return new NeighbourScorer(neighbours, histories, alike);
    }

    private static int longest(InteractionMatrix histories) {
        int longest = 0;
        for (int user = 0; user < histories.users(); user++) {
            longest = Math.max(longest, histories.length(user));
        }
        return longest;
    }
}
