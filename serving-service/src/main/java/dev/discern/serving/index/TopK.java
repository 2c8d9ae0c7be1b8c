package dev.discern.serving.index;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Items in descending order of score; equal scores in ascending order of index.
 *
 * @param items dense item indices
 * @param scores theirs, as long as {@code items}
 */
@SuppressWarnings("ArrayRecordComponent") // an answer on its way out; it is never compared
public record TopK(int[] items, float[] scores) {

    /** How many there are: as many as were asked for, or fewer when no more are allowed. */
    public int size() {
        return items.length;
    }

    /** These items in the order of their scores. */
    public static TopK of(Map<Integer, Float> scores) {
        List<Map.Entry<Integer, Float>> order = scores.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<Integer, Float> entry) -> -entry.getValue())
                        .thenComparingInt(Map.Entry::getKey))
                .toList();
        int[] items = new int[order.size()];
        float[] values = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            items[place] = order.get(place).getKey();
            values[place] = order.get(place).getValue();
        }
        return new TopK(items, values);
    }

    /** The best of them: k, or all where there are no more. */
    public TopK first(int k) {
        return k >= size() ? this : new TopK(Arrays.copyOf(items, k), Arrays.copyOf(scores, k));
    }

    /** These and those of another answer to the same query. */
    public TopK and(TopK other) {
        Map<Integer, Float> all = new HashMap<>();
        for (TopK each : List.of(this, other)) {
            for (int place = 0; place < each.size(); place++) {
                all.put(each.items[place], each.scores[place]);
            }
        }
        return of(all);
    }
}
