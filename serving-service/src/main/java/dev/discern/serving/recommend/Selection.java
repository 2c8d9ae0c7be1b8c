package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.TopK;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Picks the items of an answer from a longer list, one after another, by maximal marginal relevance (Carbonell and Goldstein 1998): with
 * diversity {@code d}, each time the one with the highest
 *
 * <pre>  (1 − d) · relevance(i) − d · max over what was picked of cos(q_i, q_j)</pre>
 *
 * where relevance is the score, scaled to [0, 1] over the list. Beside it stand a cap for each category and a share of the long tail: when
 * only so many places are left as the long tail still has to get, it gets them, as long as the list has some of it.
 */
final class Selection {

    private final ServingModel model;
    private final CurrentCatalog catalog;
    private final Variety variety;
    private final ItemSet longTail;

    Selection(ServingModel model, CurrentCatalog catalog, Variety variety, ItemSet longTail) {
        this.model = model;
        this.catalog = catalog;
        this.variety = variety;
        this.longTail = longTail;
    }

    /**
     * Picks {@code k} items, or fewer where no more may stand together.
     *
     * @param list best first
     */
    TopK of(TopK list, int k) {
        int size = list.size();
        boolean[] gone = new boolean[size];
        float[] nearest = new float[size]; // the highest cosine to what was picked, 0 at least
        Map<String, Integer> perCategory = new HashMap<>();
        int wantedOfTail = (int) Math.ceil(variety.minLongTail() * k);
        int leftOfTail = (int) IntStream.of(list.items()).filter(longTail::test).count();
        int[] items = new int[Math.min(k, size)];
        float[] scores = new float[items.length];
        int picked = 0;
        while (picked < items.length) {
            boolean onlyTail = leftOfTail > 0 && wantedOfTail >= k - picked;
            int best = best(list, gone, nearest, onlyTail, perCategory);
            if (best < 0 && onlyTail) {
                leftOfTail = 0; // what is left of it is over a cap
                continue;
            }
            if (best < 0) {
                break;
            }
            int item = list.items()[best];
            gone[best] = true;
            items[picked] = item;
            scores[picked] = list.scores()[best];
            picked++;
            catalog.item(item).categories().forEach(category -> perCategory.merge(category, 1, Integer::sum));
            if (longTail.test(item)) {
                wantedOfTail--;
                leftOfTail--;
            }
            if (variety.diversity() > 0) {
                approach(list, gone, nearest, item);
            }
        }
        return new TopK(Arrays.copyOf(items, picked), Arrays.copyOf(scores, picked));
    }

    private int best(TopK list, boolean[] gone, float[] nearest, boolean onlyTail, Map<String, Integer> perCategory) {
        double high = list.scores()[0];
        double range = Math.max(high - list.scores()[list.size() - 1], Float.MIN_NORMAL);
        int best = -1;
        double bestValue = Double.NEGATIVE_INFINITY;
        for (int place = 0; place < list.size(); place++) {
            int item = list.items()[place];
            if (gone[place] || (onlyTail && !longTail.test(item)) || isOverCap(item, perCategory)) {
                continue;
            }
            double relevance = 1 - (high - list.scores()[place]) / range;
            double value = (1 - variety.diversity()) * relevance - variety.diversity() * nearest[place];
            if (value > bestValue) {
                best = place;
                bestValue = value;
            }
            if (variety.diversity() == 0) {
                break; // the list is in this order
            }
        }
        return best;
    }

    private boolean isOverCap(int item, Map<String, Integer> perCategory) {
        @Nullable Integer cap = variety.maxPerCategory();
        return cap != null
                && catalog.item(item).categories().stream()
                        .anyMatch(category -> perCategory.getOrDefault(category, 0) >= cap);
    }

    private void approach(TopK list, boolean[] gone, float[] nearest, int picked) {
        float[] direction = model.direction(picked);
        for (int place = 0; place < nearest.length; place++) {
            if (!gone[place]) {
                nearest[place] = Math.max(nearest[place], model.cosine(direction, list.items()[place]));
            }
        }
    }
}
