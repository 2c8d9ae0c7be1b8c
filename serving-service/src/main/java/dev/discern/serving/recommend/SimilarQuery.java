package dev.discern.serving.recommend;

import dev.discern.serving.model.Aspect;
import java.util.List;

/**
 * Items that are like some others.
 *
 * @param itemIds which others, at least one; repeated ones count once, unknown ones not at all
 * @param k how many, at least 1
 * @param by what is compared
 * @param categories what an item must belong to; empty for all items
 * @param excludeItems further items to leave out; unknown ids are passed over
 */
public record SimilarQuery(
        List<String> itemIds,
        int k,
        Aspect by,
        List<String> categories,
        CategoryMode categoryMode,
        List<String> excludeItems) {

    public SimilarQuery {
        itemIds = List.copyOf(itemIds);
        categories = List.copyOf(categories);
        excludeItems = List.copyOf(excludeItems);
    }
}
