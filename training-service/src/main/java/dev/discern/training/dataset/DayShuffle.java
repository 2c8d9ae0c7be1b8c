package dev.discern.training.dataset;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.DatedSnapshot;
import dev.discern.common.db.Snapshot;
import dev.discern.common.random.Seeds;
import java.util.SplittableRandom;

/**
 * A snapshot in which what a user had on one day (UTC) stands in an order drawn by the seed. Where times tell the day alone, the
 * order within it is that of a file, and the split asks for the item that the file happens to name last.
 */
public final class DayShuffle {

    /** A user with fewer items is not tested. */
    private static final int TESTED = 3;

    private final DatedSnapshot dated;

    public DayShuffle(DatedSnapshot dated) {
        this.dated = dated;
    }

    /** The shuffled snapshot. */
    public Snapshot shuffled(Seeds seeds) {
        InteractionMatrix histories = dated.snapshot().histories();
        int[] columns = histories.columns().clone();
        for (int user = 0; user < histories.users(); user++) {
            SplittableRandom random = seeds.random("day-order", user);
            int end = histories.rowStart()[user + 1];
            for (int from = histories.rowStart()[user]; from < end; ) {
                int to = endOfDay(from, end);
                shuffle(columns, from, to, random);
                from = to;
            }
        }
        return dated.snapshot().withHistories(new InteractionMatrix(histories.items(), histories.rowStart(), columns));
    }

    private int endOfDay(int from, int end) {
        int to = from + 1;
        while (to < end && dated.days()[to] == dated.days()[from]) {
            to++;
        }
        return to;
    }

    /** Of the test items ({@link TemporalSplit}), the share that came on the day of the item before, in [0, 1]; 0 where none is tested. */
    public double sharedDays() {
        InteractionMatrix histories = dated.snapshot().histories();
        int tested = 0;
        int shared = 0;
        for (int user = 0; user < histories.users(); user++) {
            int last = histories.rowStart()[user + 1] - 1;
            if (histories.length(user) >= TESTED) {
                tested++;
                shared += dated.days()[last] == dated.days()[last - 1] ? 1 : 0;
            }
        }
        return tested == 0 ? 0 : (double) shared / tested;
    }

    /** Fisher and Yates, in [from, to). */
    private static void shuffle(int[] values, int from, int to, SplittableRandom random) {
        for (int k = to - 1; k > from; k--) {
            int other = random.nextInt(from, k + 1);
            int swapped = values[k];
            values[k] = values[other];
            values[other] = swapped;
        }
    }
}
