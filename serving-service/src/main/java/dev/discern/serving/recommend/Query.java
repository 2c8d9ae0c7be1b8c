package dev.discern.serving.recommend;

import java.util.List;
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
        return new Query(
                audience, k, names, mode, excludeSeen, excludeItems, onlyItems, variety, boosts, explain, exploration);
    }

    /** The same without these items, and perhaps with what the audience has touched. */
    public Query without(List<String> items, boolean orSeen) {
        return new Query(
                audience, k, categories, categoryMode, orSeen, items, onlyItems, variety, boosts, explain, exploration);
    }

    /** The same with nothing but these items. */
    public Query of(List<String> items) {
        return new Query(
                audience,
                k,
                categories,
                categoryMode,
                excludeSeen,
                excludeItems,
                items,
                variety,
                boosts,
                explain,
                exploration);
    }

    /** The same with this variety, or without a wish for one. */
    public Query with(@Nullable Variety other) {
        return new Query(
                audience,
                k,
                categories,
                categoryMode,
                excludeSeen,
                excludeItems,
                onlyItems,
                other,
                boosts,
                explain,
                exploration);
    }

    /** The same with these boosts. */
    public Query boosted(List<Boost> others) {
        return new Query(
                audience,
                k,
                categories,
                categoryMode,
                excludeSeen,
                excludeItems,
                onlyItems,
                variety,
                others,
                explain,
                exploration);
    }

    /** The same, and whether with reasons. */
    public Query explained(boolean reasons) {
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
                reasons,
                exploration);
    }

    /** The same with this share of the places for new items. */
    public Query exploring(double share) {
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
                share);
    }
}
