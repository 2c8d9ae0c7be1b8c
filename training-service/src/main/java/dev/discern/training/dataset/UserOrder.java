package dev.discern.training.dataset;

import java.util.Arrays;

/**
 * Puts rows that came in another order, such as that of row ids, in ascending order of their users. Rows of one user keep theirs.
 */
final class UserOrder {

    private final int[] from; // (rows) where each row stood

    UserOrder(int[] user) {
        from = new int[user.length];
        int[] next = new int[Arrays.stream(user).max().orElse(-1) + 2];
        for (int of : user) {
            next[of + 1]++;
        }
        for (int of = 1; of < next.length; of++) {
            next[of] += next[of - 1];
        }
        for (int n = 0; n < user.length; n++) {
            from[next[user[n]]++] = n;
        }
    }

    int[] of(int[] rows) {
        int[] ordered = new int[rows.length];
        Arrays.setAll(ordered, n -> rows[from[n]]);
        return ordered;
    }

    float[] of(float[] rows) {
        float[] ordered = new float[rows.length];
        for (int n = 0; n < ordered.length; n++) {
            ordered[n] = rows[from[n]];
        }
        return ordered;
    }

    /** Trusted by whatever gives each thread users of its own. */
    static void require(int[] user) {
        for (int n = 1; n < user.length; n++) {
            if (user[n] < user[n - 1]) {
                throw new IllegalArgumentException(
                        "expected users in ascending order, found %d after %d".formatted(user[n], user[n - 1]));
            }
        }
    }
}
