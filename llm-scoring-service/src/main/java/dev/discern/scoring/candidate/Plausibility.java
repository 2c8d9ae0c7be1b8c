package dev.discern.scoring.candidate;

import java.util.List;
import java.util.function.IntPredicate;

/** What an encoder of texts would pick for a user who has these items: it needs no interactions of what it picks. */
public interface Plausibility {

    /**
     * The most plausible items for a user, best first.
     *
     * @param history row ids of the user's last items, oldest first
     * @param among dense indices of the items in question
     * @param allowed which of them count
     * @return dense indices, at most {@code limit}; empty when nothing is known of the history
     */
    int[] best(List<Long> history, int[] among, int limit, IntPredicate allowed);
}
