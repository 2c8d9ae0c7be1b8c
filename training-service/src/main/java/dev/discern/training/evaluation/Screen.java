package dev.discern.training.evaluation;

import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductScorer;
import java.util.stream.IntStream;

/**
 * Finds cheaply the users whose held-out item cannot be among their first {@code k}: {@code k} items of a small part of the
 * catalogue score higher already. Metrics that are zero beyond {@code k} need the full ranking of the others only, and after a few
 * epochs those are few.
 */
final class Screen {

    private static final int SCREEN_ITEMS = 1024;
    private static final int BLOCK_USERS = 64;

    /** Kernels sum in different orders: a difference below this, relative to the score, is a tie. */
    private static final float ROUNDING = 1e-5f;

    private final VectorKernels kernels = Kernels.best();
    private final DotProductScorer scorer;
    private final Task task;
    private final int k;

    Screen(DotProductScorer scorer, Task task, int k) {
        this.scorer = scorer;
        this.task = task;
        this.k = k;
    }

    /** The task without them. */
    Task remaining() {
        boolean[] remains = new boolean[task.size()];
        IntStream.range(0, Math.ceilDiv(task.size(), BLOCK_USERS)).parallel().forEach(block -> {
            int from = block * BLOCK_USERS;
            screen(from, Math.min(from + BLOCK_USERS, task.size()), remains);
        });
        return task.only(n -> remains[n]);
    }

    private void screen(int from, int to, boolean[] remains) {
        int dim = scorer.dim();
        int items = Math.min(SCREEN_ITEMS, scorer.itemCount());
        float[] queries = scorer.queries(task.users(), from, to);
        float[] scores = new float[(to - from) * items];
        kernels.scores(queries, 0, to - from, scorer.itemTable(), 0, items, dim, scores);
        for (int n = from; n < to; n++) {
            float target = kernels.dot(queries, (n - from) * dim, scorer.itemTable(), task.targets()[n] * dim, dim);
            float higher = target + ROUNDING * (1 + Math.abs(target));
            int better = 0;
            for (int at = (n - from) * items; at < (n - from + 1) * items; at++) {
                better += scores[at] > higher ? 1 : 0;
            }
            // Users' own items are not ranked; in the worst case all of them are among the better ones.
            remains[n] = better < k + task.ownItems(n);
        }
    }
}
