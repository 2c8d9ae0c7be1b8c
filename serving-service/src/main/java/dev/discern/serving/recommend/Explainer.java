package dev.discern.serving.recommend;

import dev.discern.common.data.Item;
import dev.discern.common.vector.Kernels;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says in words why an item is in an answer, from what the model itself used. */
final class Explainer {

    /** Below this cosine two items have nothing to do with each other for the model. */
    private static final double RELATED = 0.3;

    private final ServingModel model;
    private final CurrentCatalog catalog;
    private final int[] had;

    Explainer(ServingModel model, CurrentCatalog catalog, int[] had) {
        this.model = model;
        this.catalog = catalog;
        this.had = had;
    }

    /** The reasons for an item, the strongest first; at least one. */
    List<String> reasons(int itemIdx) {
        List<String> reasons = new ArrayList<>();
        int nearest = nearest(itemIdx);
        if (nearest >= 0) {
            reasons.add("close to \"%s\", which this user has".formatted(name(catalog.item(nearest))));
            List<String> shared = shared(catalog.item(itemIdx), catalog.item(nearest));
            if (!shared.isEmpty()) {
                reasons.add("both are " + String.join(", ", shared));
            }
        }
        reasons.add(String.format(Locale.ROOT, "%,d users have it", model.popularity(itemIdx)));
        return reasons;
    }

    /** What the user has that lies nearest to the item; -1 when nothing is near. */
    private int nearest(int itemIdx) {
        float[] direction = model.direction(itemIdx);
        int best = -1;
        double bestCosine = RELATED;
        for (int other : had) {
            double cosine = Kernels.best().dot(direction, 0, model.direction(other), 0, direction.length);
            if (other != itemIdx && cosine > bestCosine) {
                best = other;
                bestCosine = cosine;
            }
        }
        return best;
    }

    private static List<String> shared(Item item, Item other) {
        return item.categories().stream().filter(other.categories()::contains).toList();
    }

    private static String name(Item item) {
        return item.title().isEmpty() ? item.id() : item.title();
    }
}
