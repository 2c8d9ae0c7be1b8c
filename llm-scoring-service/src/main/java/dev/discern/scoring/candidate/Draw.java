package dev.discern.scoring.candidate;

import dev.discern.common.judgment.CandidateSource;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * A source's draw for one user: {@code quota} items without replacement from a pool, less the items that the user has. Every item
 * left in the pool is drawn with probability {@code quota / pool size}.
 *
 * @param pool (n) dense item indices without the user's own
 */
@SuppressWarnings("ArrayRecordComponent") // local to a draw; never compared
record Draw(CandidateSource source, int[] pool, int quota) {

    static Draw of(CandidateSource source, int[] pool, int quota, IntPredicate own) {
        int[] allowed = Arrays.stream(pool).filter(own.negate()).toArray();
        return new Draw(source, allowed, Math.min(quota, allowed.length));
    }

    /** The items drawn, by a partial Fisher-Yates shuffle. */
    int[] items(SplittableRandom random) {
        int[] shuffled = pool.clone();
        for (int k = 0; k < quota; k++) {
            int swap = k + random.nextInt(shuffled.length - k);
            int item = shuffled[swap];
            shuffled[swap] = shuffled[k];
            shuffled[k] = item;
        }
        return Arrays.copyOf(shuffled, quota);
    }

    /** The probability with which this draw contains {@code item}. */
    double probability(int item) {
        return Arrays.stream(pool).anyMatch(candidate -> candidate == item) ? (double) quota / pool.length : 0;
    }
}
