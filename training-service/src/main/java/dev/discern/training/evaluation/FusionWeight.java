package dev.discern.training.evaluation;

import dev.discern.common.data.TemporalSplit;
import dev.discern.common.vector.Kernels;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.LateFusion;
import dev.discern.training.backbone.Scorer;
import java.util.stream.IntStream;

/**
 * The weight of a {@link LateFusion} by which validation items rank best.
 *
 * @param weight β, 0 where the other scorer does not help
 * @param validationNdcg mean NDCG@10 that it reaches
 */
public record FusionWeight(float weight, double validationNdcg) {

    private static final float[] WEIGHTS = {0, 0.125f, 0.25f, 0.5f, 1, 2, 4, 8, 16, 32};
    private static final int BLOCK_USERS = 32;

    /**
     * Tries weights from 0 to 32, each double the one before; of equally good ones the smallest. Both score each user once.
     *
     * @param base scoring what users had before their validation item
     * @param other the same
     */
    public static FusionWeight choose(Scorer base, Scorer other, TemporalSplit split) {
        Task task = Task.validation(split);
        double[][] ndcg = new double[task.size()][WEIGHTS.length];
        IntStream.range(0, Math.ceilDiv(task.size(), BLOCK_USERS)).parallel().forEach(block -> {
            int from = block * BLOCK_USERS;
            tryBlock(base, other, task, from, Math.min(from + BLOCK_USERS, task.size()), ndcg);
        });
        FusionWeight best = new FusionWeight(0, 0);
        for (int w = 0; w < WEIGHTS.length; w++) {
            double sum = 0;
            for (double[] of : ndcg) {
                sum += of[w];
            }
            if (sum / task.size() > best.validationNdcg) {
                best = new FusionWeight(WEIGHTS[w], sum / task.size());
            }
        }
        return best;
    }

    private static void tryBlock(Scorer base, Scorer other, Task task, int from, int to, double[][] ndcg) {
        VectorKernels kernels = Kernels.best();
        int items = base.itemCount();
        float[] fused = new float[(to - from) * items];
        float[] second = new float[fused.length];
        LateFusion.standardized(base, task.users(), from, to, fused);
        LateFusion.standardized(other, task.users(), from, to, second);
        float before = 0;
        for (int w = 0; w < WEIGHTS.length; w++) {
            kernels.axpy(WEIGHTS[w] - before, second, 0, fused, 0, fused.length);
            before = WEIGHTS[w];
            for (int n = from; n < to; n++) {
                double rank = Ranker.rankOfTarget(task, n, fused, (n - from) * items, items);
                ndcg[n][w] = Metric.NDCG_10.of(rank, items);
            }
        }
    }
}
