package dev.discern.serving.model;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.data.ItemTrend;
import dev.discern.serving.live.DailyCounts;
import dev.discern.serving.live.LiveData;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What is popular now. Of a model that tells what users turned to lately ({@link ItemTrend}) each item has the decayed number of its users,
 * those since the training included, as of the newest day; of another model the number of users at the training. It never changes.
 *
 * <p>What happened since the training concerns few of the items: they are kept apart from the model's order and sorted into it while it is read.
 */
public final class Trending {

    private final int[] popularity; // (items) users at the training
    private final float[] weights; // (items) as of the training's last day
    private final int[] trained; // (items) the best first, by these weights
    private final double fading; // of weights until the newest day
    private final Map<Integer, Double> risen; // scores of items that were touched since the training
    private final int[] risenOrder; // those items, the best first

    private Trending(int[] popularity, float[] weights, int[] trained, double fading, Map<Integer, Double> risen) {
        this.popularity = popularity;
        this.weights = weights;
        this.trained = trained;
        this.fading = fading;
        this.risen = risen;
        this.risenOrder = sorted(risen.keySet().stream().mapToInt(item -> item));
    }

    /** As it was at the training. */
    static Trending trained(Artifact artifact, int[] popularity) {
        ItemTrend trend = artifact.trend();
        float[] weights = new float[popularity.length];
        for (int item = 0; item < weights.length; item++) {
            weights[item] = trend == null ? popularity[item] : trend.weights()[item];
        }
        Trending unsorted = new Trending(popularity, weights, new int[0], 1, Map.of());
        return new Trending(popularity, weights, unsorted.sorted(IntStream.range(0, weights.length)), 1, Map.of());
    }

    /** As it is by this data; this one must be as it was at the training. */
    Trending with(LiveData live, Artifact artifact) {
        ItemTrend trend = artifact.trend();
        Map<String, DailyCounts> turnedTo = live.turnedTo();
        if (trend == null || turnedTo.isEmpty()) {
            return this;
        }
        long trainedDay = trend.day().toEpochDay();
        long newest = Math.max(trainedDay, live.newestDay());
        double faded = ItemTrend.weight(newest - trainedDay, trend.halfLifeDays());
        Map<Integer, Double> scores = new HashMap<>();
        turnedTo.forEach((itemId, counts) -> {
            int item = artifact.itemIds().idx(itemId);
            if (item >= 0) {
                scores.put(item, weights[item] * faded + weight(counts, newest, trend.halfLifeDays()));
            }
        });
        return new Trending(popularity, weights, trained, faded, scores);
    }

    private static double weight(DailyCounts counts, long newest, double halfLifeDays) {
        double weight = 0;
        for (int k = 0; k < counts.days().length; k++) {
            weight += counts.counts()[k] * ItemTrend.weight(newest - counts.days()[k], halfLifeDays);
        }
        return weight;
    }

    /** The best first; equal scores by the number of users, and then in the order of the items. */
    private int[] sorted(IntStream items) {
        return items.boxed().sorted(order()).mapToInt(Integer::intValue).toArray();
    }

    private Comparator<Integer> order() {
        return Comparator.comparingDouble((Integer item) -> -exact(item))
                .thenComparingInt(item -> -popularity[item])
                .thenComparingInt(item -> item);
    }

    private double exact(int item) {
        Double score = risen.get(item);
        return score == null ? weights[item] * fading : score;
    }

    /** An item's score, from 0: how many users turned to it lately. */
    public float score(int itemIdx) {
        return (float) exact(itemIdx);
    }

    /** All items, the most popular first. */
    public IntStream items() {
        if (risenOrder.length == 0) {
            return IntStream.of(trained);
        }
        Spliterator.OfInt merged =
                Spliterators.spliterator(new Merged(), trained.length, Spliterator.ORDERED | Spliterator.DISTINCT);
        return StreamSupport.intStream(merged, false);
    }

    /** Goes through both orders at once. */
    private final class Merged implements PrimitiveIterator.OfInt {

        private final Comparator<Integer> order = order();
        private int ofTrained;
        private int ofRisen;

        @Override
        public boolean hasNext() {
            while (ofTrained < trained.length && risen.containsKey(trained[ofTrained])) {
                ofTrained++;
            }
            return ofTrained < trained.length || ofRisen < risenOrder.length;
        }

        @Override
        public int nextInt() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            boolean takesRisen = ofRisen < risenOrder.length
                    && (ofTrained == trained.length || order.compare(risenOrder[ofRisen], trained[ofTrained]) < 0);
            return takesRisen ? risenOrder[ofRisen++] : trained[ofTrained++];
        }
    }
}
