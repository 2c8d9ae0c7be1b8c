package dev.discern.serving.index;

import dev.discern.common.vector.CodeGroups;

/** Scores every item that the mask allows, from the floats. */
final class ExactScan implements Scan {

    private final ExactScores scores;
    private final ItemMask mask;
    private final TopKHeap best;

    ExactScan(ExactScores scores, int k, ItemMask mask) {
        this.scores = scores;
        this.mask = mask;
        this.best = new TopKHeap(Math.min(k, scores.size()));
    }

    @Override
    public void scan(int from, int to) {
        for (int group = from; group < to; group++) {
            long open = Scan.open(mask, group, scores.size());
            if (open != 0) {
                score(group, open);
            }
        }
    }

    private void score(int group, long open) {
        float[] together = Long.bitCount(open) < MANY ? null : scores.ofGroup(group);
        long left = together == null ? open : open & scores.reaching(best.worst());
        for (long rest = left; rest != 0; rest &= rest - 1) {
            int row = Long.numberOfTrailingZeros(rest);
            int item = group * CodeGroups.ROWS + row;
            float score = together == null ? scores.of(item) : together[row];
            if (best.wouldKeep(item, score) && mask.test(item)) {
                best.add(item, score);
            }
        }
    }

    @Override
    public TopKHeap best() {
        return best;
    }
}
