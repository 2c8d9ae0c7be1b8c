package dev.discern.serving.recommend;

import dev.discern.common.data.Item;

/**
 * An item on its way into an answer.
 *
 * @param itemIdx dense index; {@link #NO_INDEX} for one that the model has no vector of
 * @param isExploration whether it is there to be tried out
 */
record Found(int itemIdx, Item item, float score, boolean isExploration) {

    static final int NO_INDEX = -1;
}
