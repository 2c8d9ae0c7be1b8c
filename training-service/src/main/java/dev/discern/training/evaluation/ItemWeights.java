package dev.discern.training.evaluation;

import dev.discern.common.data.InteractionMatrix;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets an item weigh in the test what it weighs in the data. In files where every item has at least a few interactions, an item
 * with few of them in training has the others held out: the test asks for rare items more often than users did. Each user with
 * held-out item i weighs
 *
 * <pre>
 *   w = T_i / h_i
 * </pre>
 *
 * with T_i all interactions of the item, held-out ones too, and h_i how often it is the held-out item; means are self-normalized,
 * {@code Σ w·m / Σ w} (the importance weights of Hesterberg, 1995).
 */
final class ItemWeights {

    private static final List<Metric> METRICS = List.of(Metric.NDCG_10, Metric.RECALL_10);

    private final double[] weight; // (n) of the task's users

    ItemWeights(Task task, InteractionMatrix histories) {
        int[] all = histories.columnCounts();
        int[] heldOut = new int[histories.items()];
        for (int target : task.targets()) {
            heldOut[target]++;
        }
        weight = new double[task.size()];
        for (int n = 0; n < weight.length; n++) {
            int target = task.targets()[n];
            weight[n] = (double) all[target] / heldOut[target];
        }
    }

    /** By slice, then metric: the weighted means; 0 for a slice without users. */
    Map<String, Map<String, Number>> means(UserMetrics metrics, List<Slice> slices) {
        Map<String, Map<String, Number>> bySlice = new LinkedHashMap<>();
        for (Slice slice : slices) {
            Map<String, Number> means = new LinkedHashMap<>();
            METRICS.forEach(metric -> means.put(metric.label(), mean(metrics.of(metric), slice)));
            bySlice.put(slice.name(), means);
        }
        return bySlice;
    }

    private double mean(float[] values, Slice slice) {
        double sum = 0;
        double total = 0;
        for (int n = 0; n < weight.length; n++) {
            if (slice.member()[n]) {
                sum += weight[n] * values[n];
                total += weight[n];
            }
        }
        return total == 0 ? 0 : sum / total;
    }
}
