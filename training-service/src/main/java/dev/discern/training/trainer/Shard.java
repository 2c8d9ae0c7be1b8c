package dev.discern.training.trainer;

import dev.discern.training.dataset.TrainingData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one thread trains on: users of its own, so that no two threads write one user's row.
 *
 * @param from first of the users' training interactions
 * @param to after the last of them
 * @param exampleFrom first of the users' examples of the regularizer
 * @param exampleTo after the last of them
 */
record Shard(int from, int to, int exampleFrom, int exampleTo) {

    /** Splits the users into at most {@code threads} shards of about equally many interactions; none is empty. */
    static List<Shard> split(TrainingData data, @Nullable Regularizer regularizer, int threads) {
        List<Shard> shards = new ArrayList<>();
        int from = 0;
        int exampleFrom = 0;
        for (int thread = 1; thread <= threads; thread++) {
            int to = endOfUser(data.userOf(), (int) ((long) thread * data.interactions() / threads));
            if (to == from) {
                continue;
            }
            int exampleTo = regularizer == null
                    ? 0
                    : to == data.interactions()
                            ? regularizer.examples()
                            : firstExampleOf(regularizer, data.userOf()[to], exampleFrom);
            shards.add(new Shard(from, to, exampleFrom, exampleTo));
            from = to;
            exampleFrom = exampleTo;
        }
        return List.copyOf(shards);
    }

    int interactions() {
        return to - from;
    }

    boolean hasExamples() {
        return exampleTo > exampleFrom;
    }

    /** The first interaction at or after {@code index} that begins a user. */
    private static int endOfUser(int[] userOf, int index) {
        int end = index;
        while (end > 0 && end < userOf.length && userOf[end] == userOf[end - 1]) {
            end++;
        }
        return end;
    }

    private static int firstExampleOf(Regularizer examples, int user, int from) {
        int low = from;
        int high = examples.examples();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (examples.user(middle) < user) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
