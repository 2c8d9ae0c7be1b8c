package dev.discern.scoring.policy;

import dev.discern.common.data.HistoryBucket;
import dev.discern.scoring.candidate.Quotas;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The two synthetic sets of Yang and Shi (2025): users with at most three training interactions with diverse items, one from each of
 * 19 equal bands of popularity; and as many sampled other users with items of the bottom 10 %. Every prompt keeps its audit item.
 */
public final class ColdTail {

    private static final int CANDIDATES = 19;

    /** What cold users are asked about. */
    public static final Quotas COLD = new Quotas(0, 0, 0, CANDIDATES);

    /** What the others are asked about. */
    public static final Quotas TAIL = new Quotas(0, 0, CANDIDATES, 0);

    private ColdTail() {}

    /** Whether a user with so many training interactions is cold. */
    public static boolean isCold(int historyLength) {
        return historyLength <= HistoryBucket.COLD;
    }

    /**
     * The users to ask about.
     *
     * @param shuffled users that can be asked about, in an order drawn by the seed
     * @param historyLength training interactions of a user
     * @param wanted how many in all, half of them cold, where there are enough of either kind; null for all cold users and as many
     *     others, or for all users where none is cold
     */
    public static List<Integer> users(
            List<Integer> shuffled, IntUnaryOperator historyLength, @Nullable Integer wanted) {
        List<Integer> cold = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int user : shuffled) {
            (isCold(historyLength.applyAsInt(user)) ? cold : others).add(user);
        }
        int takeCold = cold.size();
        int takeOthers = cold.isEmpty() ? others.size() : Math.min(others.size(), cold.size());
        if (wanted != null) {
            takeCold = Math.min(cold.size(), Math.max((wanted + 1) / 2, wanted - others.size()));
            takeOthers = Math.min(others.size(), wanted - takeCold);
        }
        List<Integer> users = new ArrayList<>(cold.subList(0, takeCold));
        users.addAll(others.subList(0, takeOthers));
        return users;
    }
}
