package dev.discern.serving.recommend;

import java.util.List;

/**
 * What is asked.
 *
 * @param k how many items, at least 1
 * @param categories what an item must belong to; empty for all items
 * @param excludeSeen whether what the audience has already touched is left out
 * @param excludeItems further items to leave out; unknown ids are passed over
 * @param explain whether each item comes with reasons
 */
public record Query(
        Audience audience,
        int k,
        List<String> categories,
        CategoryMode categoryMode,
        boolean excludeSeen,
        List<String> excludeItems,
        boolean explain) {

    public Query {
        categories = List.copyOf(categories);
        excludeItems = List.copyOf(excludeItems);
    }
}
