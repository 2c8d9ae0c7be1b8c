package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.TopK;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Boosts laid over a search. What is boosted may stand far down the model's list, so each boost brings its own best items to those of the
 * search; then all are sorted anew. Exact where no item has two boosts that move it up. The unit of weights is the standard deviation of the
 * scores that the first search found, so that the scores of all searches for one answer can be compared.
 */
final class Boosted {

    private final ServingModel model;
    private final List<ItemSet> targets = new ArrayList<>();
    private final List<Boost> boosts;
    private double unit = Double.NaN; // until the first search

    Boosted(ServingModel model, CurrentCatalog catalog, List<Boost> boosts) {
        this.model = model;
        this.boosts = boosts;
        for (Boost boost : boosts) {
            targets.add(target(catalog, boost));
        }
    }

    private ItemSet target(CurrentCatalog catalog, Boost boost) {
        if (boost.category() != null) {
            return catalog.category(boost.category()).orElse(ItemSet.EMPTY);
        }
        int item = model.itemIdx(String.valueOf(boost.itemId()));
        return item < 0 ? ItemSet.EMPTY : new ItemSet.Builder().add(item).build();
    }

    /** The best {@code size} of the allowed items, with the boosts in their scores. */
    TopK search(float[] vector, int size, ItemMask allowed) {
        // What is moved down makes room for others.
        int moved = boosts.stream().anyMatch(boost -> boost.weight() < 0) ? 2 * size : size;
        TopK plain = model.index().search(vector, moved, allowed);
        if (Double.isNaN(unit)) {
            unit = deviation(plain.scores());
        }
        Map<Integer, Float> scores = new HashMap<>();
        collect(plain, scores);
        for (int n = 0; n < boosts.size(); n++) {
            if (boosts.get(n).weight() > 0) {
                collect(model.index().search(vector, size, new Both(allowed, targets.get(n))), scores);
            }
        }
        scores.replaceAll((item, score) -> (float) (score + unit * weight(item)));
        return TopK.of(scores).first(size);
    }

    private double weight(int item) {
        double weight = 0;
        for (int n = 0; n < boosts.size(); n++) {
            if (targets.get(n).test(item)) {
                weight += boosts.get(n).weight();
            }
        }
        return weight;
    }

    private static void collect(TopK found, Map<Integer, Float> scores) {
        for (int place = 0; place < found.size(); place++) {
            scores.put(found.items()[place], found.scores()[place]);
        }
    }

    private static double deviation(float[] scores) {
        double mean = 0;
        for (float score : scores) {
            mean += score / scores.length;
        }
        double variance = 0;
        for (float score : scores) {
            variance += (score - mean) * (score - mean) / scores.length;
        }
        return Math.sqrt(variance);
    }
}
