package dev.discern.training.evaluation;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import java.util.Arrays;

/**
 * One ranking task: for each user, one held-out item to find in the catalogue without the items the user already had then.
 *
 * @param users (n) dense indices of the users asked
 * @param targets (n) the held-out item of each
 * @param train what users had, apart from {@code alsoKnown}
 * @param alsoKnown (all users) one more item that a user had, or {@link TemporalSplit#NONE}
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
record Task(int[] users, int[] targets, InteractionMatrix train, int[] alsoKnown) {

    /** Finding test items; by then users also have their validation item. */
    static Task test(TemporalSplit split) {
        return of(split.test(), split.train(), split.validation());
    }

    /** Finding validation items, for early stopping. */
    static Task validation(TemporalSplit split) {
        int[] none = new int[split.validation().length];
        Arrays.fill(none, TemporalSplit.NONE);
        return of(split.validation(), split.train(), none);
    }

    private static Task of(int[] heldOut, InteractionMatrix train, int[] alsoKnown) {
        int[] users = new int[heldOut.length];
        int count = 0;
        for (int user = 0; user < heldOut.length; user++) {
            if (heldOut[user] != TemporalSplit.NONE) {
                users[count++] = user;
            }
        }
        users = Arrays.copyOf(users, count);
        return new Task(users, Arrays.stream(users).map(user -> heldOut[user]).toArray(), train, alsoKnown);
    }

    int size() {
        return users.length;
    }
}
