package dev.discern.training.evaluation;

import dev.discern.common.data.TemporalSplit;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import java.util.stream.IntStream;

/**
 * Ranks the full catalogue for every user of a {@link Task}, without sampling: blocks of users times all items through the
 * multi-query kernel, blocks in parallel.
 */
final class Ranker {

    /** What was found of the held-out items. */
    @SuppressWarnings("ArrayRecordComponent")
    record Ranks(double[] rank, int[] candidates, int[][] top) {}

    private static final int BLOCK_USERS = 64;
    private static final int BLOCK_FLOATS = 1 << 21;

    private final VectorKernels kernels = Kernels.best();
    private final DotProductModel model;
    private final Task task;
    private final int topK;

    /** A ranker that also keeps each user's best {@code topK} items; 0 keeps none. */
    Ranker(DotProductModel model, Task task, int topK) {
        this.model = model;
        this.task = task;
        this.topK = topK;
    }

    Ranks rank() {
        int blockUsers = Math.clamp(BLOCK_FLOATS / Math.max(1, model.itemCount()), 1, BLOCK_USERS);
        int blocks = Math.ceilDiv(task.size(), blockUsers);
        Ranks ranks = new Ranks(new double[task.size()], new int[task.size()], new int[task.size()][]);
        IntStream.range(0, blocks).parallel().forEach(block -> {
            int from = block * blockUsers;
            rankBlock(from, Math.min(from + blockUsers, task.size()), ranks);
        });
        return ranks;
    }

    private void rankBlock(int from, int to, Ranks ranks) {
        int dim = model.dim();
        int items = model.itemCount();
        float[] queries = new float[(to - from) * dim];
        for (int n = from; n < to; n++) {
            System.arraycopy(model.users(), task.users()[n] * dim, queries, (n - from) * dim, dim);
        }
        float[] scores = new float[(to - from) * items];
        kernels.scores(queries, 0, to - from, model.items(), 0, items, dim, scores);
        for (int n = from; n < to; n++) {
            int row = (n - from) * items;
            for (int item = 0; item < items; item++) {
                scores[row + item] += model.itemBias()[item];
            }
            rankUser(n, scores, row, ranks);
        }
    }

    private void rankUser(int n, float[] scores, int row, Ranks ranks) {
        int items = model.itemCount();
        int own = maskOwnItems(n, scores, row);
        float target = scores[row + task.targets()[n]];
        int better = 0;
        int equal = 0;
        for (int item = 0; item < items; item++) {
            float score = scores[row + item];
            better += score > target ? 1 : 0;
            equal += score == target ? 1 : 0;
        }
        ranks.rank[n] = 1 + better + (equal - 1) / 2.0;
        ranks.candidates[n] = items - own;
        if (topK > 0) {
            ranks.top[n] = top(scores, row, items, Math.min(topK, items - own));
        }
    }

    /** Puts a user's own items behind everything else; returns how many there are. */
    private int maskOwnItems(int n, float[] scores, int row) {
        int user = task.users()[n];
        int[] rowStart = task.train().rowStart();
        for (int k = rowStart[user]; k < rowStart[user + 1]; k++) {
            scores[row + task.train().columns()[k]] = Float.NEGATIVE_INFINITY;
        }
        int own = rowStart[user + 1] - rowStart[user];
        if (task.alsoKnown()[user] != TemporalSplit.NONE) {
            scores[row + task.alsoKnown()[user]] = Float.NEGATIVE_INFINITY;
            own++;
        }
        return own;
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
        return size == k ? best : java.util.Arrays.copyOf(best, size);
    }
}
