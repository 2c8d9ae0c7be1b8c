package dev.discern.scoring.llm;

import dev.discern.common.db.Snapshot;
import dev.discern.scoring.candidate.Plausibility;
import dev.discern.scoring.published.BestItems;
import java.util.List;
import java.util.function.IntPredicate;

/** Plausible is what {@link EmbeddedJudge} would score highest; an item without a text is not. */
public final class EncoderPlausibility implements Plausibility {

    private final ItemVectors vectors;
    private final long[] itemRowIds; // (items)

    public EncoderPlausibility(ItemVectors vectors, Snapshot snapshot) {
        this.vectors = vectors;
        this.itemRowIds = snapshot.itemRowIds();
    }

    @Override
    public int[] best(List<Long> history, int[] among, int limit, IntPredicate allowed) {
        BestItems best = new BestItems(limit);
        vectors.taste(history).ifPresent(taste -> {
            for (int item : among) {
                if (vectors.has(itemRowIds[item])) {
                    float score = vectors.dot(taste, itemRowIds[item]);
                    if (best.wouldKeep(item, score) && allowed.test(item)) {
                        best.add(item, score);
                    }
                }
            }
        });
        return best.items();
    }
}
