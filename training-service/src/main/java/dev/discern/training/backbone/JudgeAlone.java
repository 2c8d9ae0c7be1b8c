package dev.discern.training.backbone;

import dev.discern.training.dataset.SoftScores;
import java.util.Arrays;

/**
 * What a judge's answers would recommend with no model at all: a user's judged candidates by their score, every other item of the
 * catalogue tied behind them. An item judged in several prompts has the mean of its scores. What a trained model must beat to be
 * worth its training.
 */
public final class JudgeAlone implements Scorer {

    private final SoftScores scores;
    private final int[] rowStart; // (users + 1), where a user's scores start
    private final int items;
    private final float behind; // below every score that the judge gave

    /**
     * The ranking of these scores.
     *
     * @param users how many the data has
     * @param items how many the data has
     */
    public JudgeAlone(SoftScores scores, int users, int items) {
        this.scores = scores;
        this.items = items;
        this.rowStart = new int[users + 1];
        float lowest = 0;
        for (int n = 0; n < scores.size(); n++) {
            rowStart[scores.user()[n] + 1]++;
            lowest = Math.min(lowest, scores.score()[n]);
        }
        Arrays.parallelPrefix(rowStart, Integer::sum);
        this.behind = lowest - 1;
    }

    @Override
    public int itemCount() {
        return items;
    }

    @Override
    public void scores(int[] users, int from, int to, float[] into) {
        Arrays.fill(into, 0, (to - from) * items, behind);
        for (int n = from; n < to; n++) {
            fill(rowStart[users[n]], rowStart[users[n] + 1], into, (n - from) * items);
        }
    }

    private void fill(int from, int to, float[] into, int row) {
        int[] asked = new int[to - from]; // how often the item of a score has come so far
        for (int n = from; n < to; n++) {
            int times = 1;
            for (int before = from; before < n; before++) {
                times += scores.item()[before] == scores.item()[n] ? 1 : 0;
            }
            asked[n - from] = times;
        }
        for (int n = from; n < to; n++) {
            int at = row + scores.item()[n];
            float mean = asked[n - from] == 1 ? 0 : into[at];
            into[at] = mean + (scores.score()[n] - mean) / asked[n - from];
        }
    }
}
