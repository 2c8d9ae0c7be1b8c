package dev.discern.common.data;

import java.time.LocalDate;

/**
 * What users turned to lately: how many have each item, the earlier ones counting less,
 *
 * <pre>  t_i = Σ over the users u who have i of 2^(−(T − d_ui) / h)</pre>
 *
 * with {@code d_ui} the UTC day on which the user first touched it, {@code T} the day up to which the data go, and {@code h} the half-life.
 * Sums of this kind may be moved to another day by a factor that is the same for all items, so their order does not depend on {@code T}
 * (forward decay; Cormode, Shkapenyuk, Srivastava and Xu 2009). What is dated after {@code T} counts as of that day.
 *
 * @param day {@code T}
 * @param halfLifeDays {@code h}, above 0
 * @param weights (items) {@code t_i}, from 0
 */
@SuppressWarnings("ArrayRecordComponent") // large; the record is never compared
public record ItemTrend(LocalDate day, double halfLifeDays, float[] weights) {

    public ItemTrend {
        if (!(halfLifeDays > 0 && Double.isFinite(halfLifeDays))) {
            throw new IllegalArgumentException("a trend needs a half-life above 0 days, got " + halfLifeDays);
        }
        for (float weight : weights) {
            if (!(weight >= 0 && Float.isFinite(weight))) {
                throw new IllegalArgumentException("a trend has weights from 0, not " + weight);
            }
        }
    }

    /** What one touch counts for {@code days} after it: 1 on its own day, and before. */
    public static double weight(long days, double halfLifeDays) {
        return Math.pow(2, -Math.max(days, 0) / halfLifeDays);
    }

    /** Sums up touches as they are read. */
    public static final class Sum {

        private final LocalDate day;
        private final double halfLifeDays;
        private final double[] weights;

        /** Of no touch yet. */
        public Sum(int items, LocalDate day, double halfLifeDays) {
            this.day = day;
            this.halfLifeDays = halfLifeDays;
            this.weights = new double[items];
        }

        /**
         * Adds a user's first touch of an item.
         *
         * @param epochDay UTC, in days since 1970-01-01
         */
        public void add(int itemIdx, long epochDay) {
            weights[itemIdx] += weight(day.toEpochDay() - epochDay, halfLifeDays);
        }

        /** The trend of what was added. */
        public ItemTrend trend() {
            float[] sums = new float[weights.length];
            for (int item = 0; item < sums.length; item++) {
                sums[item] = (float) weights[item];
            }
            return new ItemTrend(day, halfLifeDays, sums);
        }
    }
}
