package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;
import dev.discern.common.vector.VectorKernels;

/** The scores of items for one query, from the floats. An item's is the same to the bit, whichever items are scored with it. */
final class ExactScores {

    private final VectorKernels kernels;
    private final ScoredItems items;
    private final float[] query;
    private final float[] scores = new float[CodeGroups.ROWS];

    ExactScores(VectorKernels kernels, ScoredItems items, float[] query) {
        this.kernels = kernels;
        this.items = items;
        this.query = query;
    }

    /** How many items there are. */
    int size() {
        return items.table().rows();
    }

    /** One item's. */
    float of(int item) {
        products(item, 1);
        return items.score(item, scores[0]);
    }

    /**
     * Those of a group's items.
     *
     * @return (64) to be read before anything else is asked
     */
    float[] ofGroup(int group) {
        int first = group * CodeGroups.ROWS;
        int rows = Math.min(CodeGroups.ROWS, size() - first);
        products(first, rows);
        for (int n = 0; n < rows; n++) {
            scores[n] = items.score(first + n, scores[n]);
        }
        return scores;
    }

    /** Which of the scores of the last group are not below this one. */
    long reaching(float threshold) {
        return kernels.reaching(scores, threshold);
    }

    private void products(int first, int rows) {
        kernels.scores(
                query, 0, items.table().values(), first, rows, items.table().dim(), scores, 0);
    }
}
