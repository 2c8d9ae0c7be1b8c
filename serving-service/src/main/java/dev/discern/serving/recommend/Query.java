package dev.discern.serving.recommend;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param k how many items, at least 1
 * @param categories what an item must belong to; empty for all items
 * @param excludeSeen whether what the audience has already touched is left out
 * @param excludeItems further items to leave out; unknown ids are passed over
 * @param onlyItems the only items that may come; null for all; unknown ids are passed over
 * @param variety how unlike each other the items shall be; null where the caller has no wish: the best items, or of what is popular a varied choice
 * @param boosts what shall stand higher or lower than the model would have it
 * @param explain whether each item comes with reasons
 * @param exploration the share of the places that new items may have; in [0, 0.5]
 */
public record Query(
        Audience audience,
        int k,
        List<String> categories,
        CategoryMode categoryMode,
        boolean excludeSeen,
        List<String> excludeItems,
        @Nullable List<String> onlyItems,
        @Nullable Variety variety,
        List<Boost> boosts,
        boolean explain,
        double exploration) {

    public Query {
        categories = List.copyOf(categories);
        excludeItems = List.copyOf(excludeItems);
        onlyItems = onlyItems == null ? null : List.copyOf(onlyItems);
        boosts = List.copyOf(boosts);
    }

    /** The best items for an audience, without anything that it has touched. */
    public static Query of(Audience audience, int k) {
        return new Query(audience, k, List.of(), CategoryMode.ANY, true, List.of(), null, null, List.of(), false, 0);
    }

    /** The variety that the caller wishes, or this one. */
    Variety varietyOr(Variety other) {
        return variety == null ? other : variety;
    }

    /** The same with these categories. */
    public Query withCategories(List<String> names, CategoryMode mode) {
        return changed(draft -> {
            draft.categories = names;
            draft.categoryMode = mode;
        });
    }

    /** The same without these items, and perhaps with what the audience has touched. */
    public Query without(List<String> items, boolean orSeen) {
        return changed(draft -> {
            draft.excludeItems = items;
            draft.excludeSeen = orSeen;
        });
    }

    /** The same with nothing but these items. */
    public Query of(List<String> items) {
        return changed(draft -> draft.onlyItems = items);
    }

    /** The same with this variety, or without a wish for one. */
    public Query with(@Nullable Variety other) {
        return changed(draft -> draft.variety = other);
    }

    /** The same with these boosts. */
    public Query boosted(List<Boost> others) {
        return changed(draft -> draft.boosts = others);
    }

    /** The same, and whether with reasons. */
    public Query explained(boolean reasons) {
        return changed(draft -> draft.explain = reasons);
    }

    /** The same with this share of the places for new items. */
    public Query exploring(double share) {
        return changed(draft -> draft.exploration = share);
    }

    private Query changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.query();
    }

    /** A query that can be changed. */
    private static final class Draft {

        private final Audience audience;
        private final int k;
        private List<String> categories;
        private CategoryMode categoryMode;
        private boolean excludeSeen;
        private List<String> excludeItems;
        private @Nullable List<String> onlyItems;
        private @Nullable Variety variety;
        private List<Boost> boosts;
        private boolean explain;
        private double exploration;

        Draft(Query query) {
            this.audience = query.audience;
            this.k = query.k;
            this.categories = query.categories;
            this.categoryMode = query.categoryMode;
            this.excludeSeen = query.excludeSeen;
            this.excludeItems = query.excludeItems;
            this.onlyItems = query.onlyItems;
            this.variety = query.variety;
            this.boosts = query.boosts;
            this.explain = query.explain;
            this.exploration = query.exploration;
        }

        Query query() {
            return new Query(
                    audience,
                    k,
                    categories,
                    categoryMode,
                    excludeSeen,
                    excludeItems,
                    onlyItems,
                    variety,
                    boosts,
                    explain,
                    exploration);
        }
    }
}
