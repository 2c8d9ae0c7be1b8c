package dev.discern.common.data;

import java.util.Arrays;

/**
 * Leave-last-two-out by time: a user's last item is the test item, the one before it the validation item (also the audit item
 * that a judge is examined on), the rest is for training. Users with fewer than three items train with all of them and are not
 * tested.
 *
 * @param train oldest first within a user
 * @param validation (users), item index or {@link #NONE}
 * @param test (users), item index or {@link #NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // hot loops read the arrays; the record is never compared
public record TemporalSplit(InteractionMatrix train, int[] validation, int[] test) {

    /** In {@code validation} and {@code test}: this user has no held-out item. */
    public static final int NONE = -1;

    private static final int HELD_OUT = 2;

    /** Splits histories whose rows are oldest first and free of repeats. */
    public static TemporalSplit leaveLastTwoOut(InteractionMatrix histories) {
        int users = histories.users();
        int[] validation = new int[users];
        int[] test = new int[users];
        Arrays.fill(validation, NONE);
        Arrays.fill(test, NONE);
        int[] rowStart = new int[users + 1];
        int[] columns = new int[histories.columns().length];
        int next = 0;
        for (int user = 0; user < users; user++) {
            int from = histories.rowStart()[user];
            int to = histories.rowStart()[user + 1];
            if (to - from > HELD_OUT) {
                test[user] = histories.columns()[to - 1];
                validation[user] = histories.columns()[to - 2];
                to -= HELD_OUT;
            }
            System.arraycopy(histories.columns(), from, columns, next, to - from);
            next += to - from;
            rowStart[user + 1] = next;
        }
        InteractionMatrix train = new InteractionMatrix(histories.items(), rowStart, Arrays.copyOf(columns, next));
        return new TemporalSplit(train, validation, test);
    }

    /** What each user had when the test item came: the training items and then the validation item. */
    public InteractionMatrix beforeTest() {
        int users = train.users();
        int[] rowStart = new int[users + 1];
        int[] columns = new int[train.columns().length + users];
        int next = 0;
        for (int user = 0; user < users; user++) {
            System.arraycopy(train.columns(), train.rowStart()[user], columns, next, train.length(user));
            next += train.length(user);
            if (validation[user] != NONE) {
                columns[next++] = validation[user];
            }
            rowStart[user + 1] = next;
        }
        return new InteractionMatrix(train.items(), rowStart, Arrays.copyOf(columns, next));
    }

    public boolean isHeldOut(int userIdx) {
        return test[userIdx] != NONE;
    }
}
