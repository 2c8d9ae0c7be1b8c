package dev.discern.common.data;

import java.time.LocalDate;
import java.util.Arrays;

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

    /** Users that the most popular item must stand on, or the order is that of a few users' last days. */
    public static final double ENOUGH = 30;

    /** What one touch counts for {@code days} after it: 1 on its own day, and before. */
    public static double weight(long days, double halfLifeDays) {
        return Math.pow(2, -Math.max(days, 0) / halfLifeDays);
    }

    /**
     * Sums up touches as they are read. Where the data are too sparse for a half-life a longer one is taken: the first of its doubles with which
     * enough users count for the most popular item, or the last of them.
     */
    public static final class Sum {

        private static final int DOUBLES = 8; // of a month: ten years

        private final LocalDate day;
        private final double halfLifeDays; // the shortest
        private final double enough;
        private final double[][] weights; // (doubles, items)

        /**
         * Of no touch yet.
         *
         * @param halfLifeDays the shortest
         * @param enough decayed number of users that the most popular item needs; 0 for the shortest half-life in any case
         */
        public Sum(int items, LocalDate day, double halfLifeDays, double enough) {
            this.day = day;
            this.halfLifeDays = halfLifeDays;
            this.enough = enough;
            this.weights = new double[DOUBLES][items];
        }

        /**
         * Adds a user's first touch of an item.
         *
         * @param epochDay UTC, in days since 1970-01-01
         */
        public void add(int itemIdx, long epochDay) {
            long days = day.toEpochDay() - epochDay;
            double halfLife = halfLifeDays;
            for (double[] sums : weights) {
                sums[itemIdx] += weight(days, halfLife);
                halfLife *= 2;
            }
        }

        /** The trend of what was added. */
        public ItemTrend trend() {
            int taken = 0;
            while (taken < DOUBLES - 1 && Arrays.stream(weights[taken]).max().orElse(0) < enough) {
                taken++;
            }
            float[] sums = new float[weights[taken].length];
            for (int item = 0; item < sums.length; item++) {
                sums[item] = (float) weights[taken][item];
            }
            return new ItemTrend(day, halfLifeDays * (1 << taken), sums);
        }
    }
}
