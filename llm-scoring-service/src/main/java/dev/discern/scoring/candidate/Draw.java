package dev.discern.scoring.candidate;

import dev.discern.common.judgment.CandidateSource;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A source's draw for one user: {@code quota} items without replacement from a pool, less the items that the user has. Every item
 * left in the pool is drawn with the same probability.
 *
 * @param own the user's items, ascending
 * @param allowed how many items of the pool the user does not have
 * @param quota at most {@code allowed}
 */
@SuppressWarnings("ArrayRecordComponent") // local to a draw; never compared
record Draw(CandidateSource source, Pool pool, int[] own, int allowed, int quota) {

    static Draw of(CandidateSource source, Pool pool, int quota, int[] own) {
        int allowed =
                pool.size() - (int) Arrays.stream(own).filter(pool::contains).count();
        return new Draw(source, pool, own, allowed, Math.min(quota, allowed));
    }

    /** The items drawn: places of the pool at random, until enough of them are new and not the user's own. */
    int[] items(SplittableRandom random) {
        int[] drawn = new int[quota];
        int count = 0;
        while (count < quota) {
            int item = pool.item(random.nextInt(pool.size()));
            if (!isOwn(item) && !isAmong(drawn, count, item)) {
                drawn[count++] = item;
            }
        }
        return drawn;
    }

    /** The probability with which this draw contains {@code item}. */
    double probability(int item) {
        return pool.contains(item) && !isOwn(item) ? (double) quota / allowed : 0;
    }

    private boolean isOwn(int item) {
        return Arrays.binarySearch(own, item) >= 0;
    }

    private static boolean isAmong(int[] drawn, int count, int item) {
        for (int k = 0; k < count; k++) {
            if (drawn[k] == item) {
                return true;
            }
        }
        return false;
    }
}
