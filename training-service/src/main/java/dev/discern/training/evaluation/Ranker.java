package dev.discern.training.evaluation;

import dev.discern.common.data.TemporalSplit;
import dev.discern.training.backbone.Scorer;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Ranks the full catalogue for every user of a {@link Task}, without sampling: blocks of users in parallel, all items of
 * a block scored at once.
 */
final class Ranker {

    private static final int BLOCK_USERS = 64;
    private static final int BLOCK_FLOATS = 1 << 21;

    private final Scorer scorer;
    private final Task task;
    private final int topK;

    /** A ranker that also keeps each user's best {@code topK} items; 0 keeps none. */
    Ranker(Scorer scorer, Task task, int topK) {
        this.scorer = scorer;
        this.task = task;
        this.topK = topK;
    }

    Ranking rank() {
        int blockUsers = Math.clamp(BLOCK_FLOATS / Math.max(1, scorer.itemCount()), 1, BLOCK_USERS);
        int blocks = Math.ceilDiv(task.size(), blockUsers);
        Ranking ranks = new Ranking(new double[task.size()], new int[task.size()], new int[task.size()][]);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int from = block * blockUsers;
            rankBlock(from, Math.min(from + blockUsers, task.size()), ranks);
        });
        return ranks;
    }

    private void rankBlock(int from, int to, Ranking ranks) {
        int items = scorer.itemCount();
        float[] scores = new float[(to - from) * items];
        scorer.scores(task.users(), from, to, scores);
        for (int n = from; n < to; n++) {
            rankUser(n, scores, (n - from) * items, ranks);
        }
    }

    private void rankUser(int n, float[] scores, int row, Ranking ranks) {
        int items = scorer.itemCount();
        int own = task.ownItems(n);
        ranks.rank()[n] = rankOfTarget(task, n, scores, row, items);
        ranks.candidates()[n] = items - own;
        if (topK > 0) {
            ranks.top()[n] = top(scores, row, items, Math.min(topK, items - own));
        }
    }

    /**
     * The rank of the n-th user's held-out item, 1 for the best, the middle of those that it shares. Masks the user's own items.
     *
     * @param scores (items) of that user at {@code row}
     */
    static double rankOfTarget(Task task, int n, float[] scores, int row, int items) {
        maskOwnItems(task, n, scores, row);
        float target = scores[row + task.targets()[n]];
        if (!Float.isFinite(target)) {
            throw new IllegalArgumentException("expected a finite score of item %d for user %d, found %s"
                    .formatted(task.targets()[n], task.users()[n], target));
        }
        int better = 0;
        int equal = 0;
        for (int item = 0; item < items; item++) {
            float score = scores[row + item];
            better += score > target ? 1 : 0;
            equal += score == target ? 1 : 0;
        }
        return 1 + better + (equal - 1) / 2.0;
    }

    /** Puts a user's own items behind everything else. */
    private static void maskOwnItems(Task task, int n, float[] scores, int row) {
        int user = task.users()[n];
        int[] rowStart = task.train().rowStart();
        for (int k = rowStart[user]; k < rowStart[user + 1]; k++) {
            scores[row + task.train().columns()[k]] = Float.NEGATIVE_INFINITY;
        }
        if (task.alsoKnown()[user] != TemporalSplit.NONE) {
            scores[row + task.alsoKnown()[user]] = Float.NEGATIVE_INFINITY;
        }
    }

    /** The {@code k} best items, best first, equal scores by item index: an insertion list, since k is small. */
    private static int[] top(float[] scores, int row, int items, int k) {
        int[] best = new int[k];
        int size = 0;
        for (int item = 0; item < items; item++) {
            float score = scores[row + item];
            if (score == Float.NEGATIVE_INFINITY || (size == k && !(score > scores[row + best[k - 1]]))) {
                continue;
            }
            int place = size < k ? size++ : k - 1;
            while (place > 0 && score > scores[row + best[place - 1]]) {
                best[place] = best[place - 1];
                place--;
            }
            best[place] = item;
        }
        return size == k ? best : Arrays.copyOf(best, size);
    }
}
