package dev.discern.common.artifact;

import dev.discern.common.data.HistoryBucket;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a judge taught a model of its items: for each item and each length of a user's history, where there is anything to tell.
 *
 * @param key (entries) ascending: {@code item · 4 + bucket}, the item's dense index and the place of the {@link HistoryBucket} from 0
 * @param pairs (entries) how many judged pairs the item stood in, of users with such histories; 1 at least
 * @param wins (entries) in how many of them the judge put it first
 * @param gate (entries) how far the judge was trusted, on average over the pairs; in [0, 1]
 */
@SuppressWarnings("ArrayRecordComponent") // searched for each item that is explained; the record is never compared
public record JudgedItems(int[] key, int[] pairs, int[] wins, float[] gate) {

    static final int BUCKETS = 4;

    public JudgedItems {
        if (pairs.length != key.length || wins.length != key.length || gate.length != key.length) {
            throw new IllegalArgumentException("expected %d pairs, wins and gates, found %d, %d and %d"
                    .formatted(key.length, pairs.length, wins.length, gate.length));
        }
        for (int n = 0; n < key.length; n++) {
            if (key[n] < 0 || (n > 0 && key[n] <= key[n - 1])) {
                throw new IllegalArgumentException(
                        "judged items must ascend, each bucket once, but entry %d does not".formatted(n));
            }
            if (pairs[n] < 1 || wins[n] < 0 || wins[n] > pairs[n] || !(gate[n] >= 0 && gate[n] <= 1)) {
                throw new IllegalArgumentException("entry %d of the judged items has %d pairs, %d wins and the gate %s"
                        .formatted(n, pairs[n], wins[n], gate[n]));
            }
        }
    }

    /**
     * What is told of one item for one length of history.
     *
     * @param pairs 1 at least
     * @param wins in [0, pairs]
     * @param gate in [0, 1]
     */
    public record Judged(int pairs, int wins, float gate) {}

    /** What is told of an item to a user with such a history; empty where the judge said nothing. */
    public Optional<Judged> of(int itemIdx, HistoryBucket bucket) {
        int entry = Arrays.binarySearch(key, itemIdx * BUCKETS + place(bucket));
        return entry < 0 ? Optional.empty() : Optional.of(new Judged(pairs[entry], wins[entry], gate[entry]));
    }

    /** Stands in files: a place never changes its meaning. */
    private static int place(HistoryBucket bucket) {
        return switch (bucket) {
            case ONE -> 0;
            case TWO_TO_THREE -> 1;
            case FOUR_TO_TEN -> 2;
            case OVER_TEN -> 3;
        };
    }

    /** How many entries there are. */
    public int size() {
        return key.length;
    }

    /** One more than the highest index of an item that there can be; 0 where there is none. */
    int itemsAtLeast() {
        return key.length == 0 ? 0 : key[key.length - 1] / BUCKETS + 1;
    }

    /**
     * The same of the same items under other indices.
     *
     * @param to (items) the new index of each, ascending as the old ones
     */
    public JudgedItems renumbered(int[] to) {
        int[] moved = new int[key.length];
        for (int n = 0; n < moved.length; n++) {
            moved[n] = to[key[n] / BUCKETS] * BUCKETS + key[n] % BUCKETS;
        }
        return new JudgedItems(moved, pairs, wins, gate);
    }

    /** Collects pairs, in any order. */
    public static final class Builder {

        private static final class Sum {
            private int pairs;
            private int wins;
            private double gate;
        }

        private final SortedMap<Integer, Sum> sums = new TreeMap<>();

        /**
         * Adds a pair that an item stood in.
         *
         * @param won whether the judge put it first
         * @param gate how far the judge was trusted, in [0, 1]
         */
        public Builder add(int itemIdx, HistoryBucket bucket, boolean won, double gate) {
            int at = Math.addExact(Math.multiplyExact(itemIdx, BUCKETS), place(bucket));
            Sum sum = sums.computeIfAbsent(at, _ -> new Sum());
            sum.pairs++;
            sum.wins += won ? 1 : 0;
            sum.gate += gate;
            return this;
        }

        /** What was added. */
        public JudgedItems build() {
            int[] key = new int[sums.size()];
            int[] pairs = new int[key.length];
            int[] wins = new int[key.length];
            float[] gate = new float[key.length];
            int n = 0;
            for (Map.Entry<Integer, Sum> entry : sums.entrySet()) {
                Sum sum = entry.getValue();
                key[n] = entry.getKey();
                pairs[n] = sum.pairs;
                wins[n] = sum.wins;
                gate[n++] = (float) Math.min(1, sum.gate / sum.pairs);
            }
            return new JudgedItems(key, pairs, wins, gate);
        }
    }
}
