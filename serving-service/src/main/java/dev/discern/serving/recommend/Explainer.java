package dev.discern.serving.recommend;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.Item;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import dev.discern.serving.recommend.Explanation.Near;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says in words and in figures why an item is in an answer, from what the model itself used. */
final class Explainer {

    /** Below this cosine two items have nothing to do with each other for the model. */
    private static final double RELATED = 0.3;

    private static final int NEAREST = 3;

    private final ServingModel model;
    private final CurrentCatalog catalog;
    private final int[] had;
    private final float @Nullable [] vector; // null: the answer is made of what is popular
    private final boolean boosted;

    Explainer(ServingModel model, CurrentCatalog catalog, Profile profile, boolean boosted) {
        this.model = model;
        this.catalog = catalog;
        this.had = profile.had();
        this.vector = profile.vector();
        this.boosted = boosted;
    }

    /**
     * Why an item is there.
     *
     * @param reasons the strongest first; at least one
     */
    record Why(List<String> reasons, Explanation explanation) {}

    /** Why the item of this score is in the answer. */
    Why why(int itemIdx, float score) {
        List<Neighbour> nearest = nearest(itemIdx);
        return new Why(
                reasons(itemIdx, nearest),
                new Explanation(nearest.stream().map(this::near).toList(), parts(itemIdx, score), judge(itemIdx)));
    }

    private record Neighbour(int itemIdx, double cosine) {}

    /** What the user has that lies nearest to the item, the nearest first. */
    private List<Neighbour> nearest(int itemIdx) {
        float[] direction = model.direction(itemIdx);
        return IntStream.of(had)
                .filter(other -> other != itemIdx)
                .mapToObj(other -> new Neighbour(other, model.cosine(direction, other)))
                .filter(other -> other.cosine > RELATED)
                .sorted(Comparator.comparingDouble(other -> -other.cosine))
                .limit(NEAREST)
                .toList();
    }

    private Near near(Neighbour other) {
        Item item = catalog.item(other.itemIdx);
        return new Near(item.id(), item.title().isEmpty() ? null : item.title(), other.cosine);
    }

    private List<String> reasons(int itemIdx, List<Neighbour> nearest) {
        List<String> reasons = new ArrayList<>();
        if (!nearest.isEmpty()) {
            Item other = catalog.item(nearest.getFirst().itemIdx);
            reasons.add("close to \"%s\", which this user has".formatted(name(other)));
            List<String> shared = shared(catalog.item(itemIdx), other);
            if (!shared.isEmpty()) {
                reasons.add("both are " + String.join(", ", shared));
            }
        }
        reasons.add(String.format(Locale.ROOT, "%,d users have it", model.popularity(itemIdx)));
        return reasons;
    }

    private Explanation.Score parts(int itemIdx, float score) {
        if (vector == null) {
            return new Explanation.Score(null, null, score, null);
        }
        int behaviour = model.behaviourDim();
        double boost = boosted ? score - model.score(vector, itemIdx) : 0;
        return new Explanation.Score(
                (double) model.product(vector, itemIdx, 0, behaviour),
                behaviour < vector.length
                        ? Double.valueOf(model.product(vector, itemIdx, behaviour, vector.length))
                        : null,
                model.bias(itemIdx),
                boost == 0 ? null : boost);
    }

    /** A judge teaches vectors, and says nothing of what is popular. */
    private Explanation.@Nullable Judge judge(int itemIdx) {
        return vector == null
                ? null
                : model.judged(itemIdx, HistoryBucket.of(had.length))
                        .map(told -> new Explanation.Judge(told.pairs(), told.gate(), told.wins()))
                        .orElse(null);
    }

    private static List<String> shared(Item item, Item other) {
        return item.categories().stream().filter(other.categories()::contains).toList();
    }

    private static String name(Item item) {
        return item.title().isEmpty() ? item.id() : item.title();
    }
}
