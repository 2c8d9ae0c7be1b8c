package dev.discern.training.job;

import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.dataset.JudgedPairs;

/** Counts what a judge taught by item and by the length of the users' training histories, so that answers can be explained by it. */
final class TaughtItems {

    private TaughtItems() {}

    /**
     * Of these pairs.
     *
     * @param gate (pairs) how far the judge was trusted, in [0, 1]
     * @param train training histories
     */
    static JudgedItems of(JudgedPairs pairs, float[] gate, InteractionMatrix train) {
        JudgedItems.Builder items = new JudgedItems.Builder();
        for (int n = 0; n < pairs.size(); n++) {
            HistoryBucket bucket = HistoryBucket.of(train.length(pairs.user()[n]));
            items.add(pairs.preferred()[n], bucket, pairs.margin()[n] > 0, gate[n]); // a tie is nobody's win
            items.add(pairs.other()[n], bucket, false, gate[n]);
        }
        return items.build();
    }
}
