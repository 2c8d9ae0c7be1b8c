package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which items may be in an answer: composed of the model's own sets while it is asked, so that it costs a query no more than the items that it
 * leaves out one by one.
 */
final class ItemFilter implements ItemMask {

    private final ItemSet available;
    private final @Nullable List<ItemSet> categories; // null: no category was asked for
    private final CategoryMode mode;
    private final int[] excluded; // ascending
    private final List<String> unknownCategories;

    private ItemFilter(
            ServingModel model,
            @Nullable List<ItemSet> categories,
            CategoryMode mode,
            IntStream excluded,
            List<String> unknownCategories) {
        this.available = model.available();
        this.categories = categories;
        this.mode = mode;
        this.excluded = excluded.sorted().toArray();
        this.unknownCategories = List.copyOf(unknownCategories);
    }

    /**
     * The filter of a query.
     *
     * @param had dense indices of what the audience has touched
     */
    static ItemFilter of(ServingModel model, Query query, int[] had) {
        List<ItemSet> categories = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String category : query.categories()) {
            Optional<ItemSet> items = model.categories().items(category);
            if (items.isEmpty()) {
                unknown.add(category);
            }
            categories.add(items.orElse(ItemSet.EMPTY));
        }
        IntStream excluded =
                query.excludeItems().stream().mapToInt(model::itemIdx).filter(item -> item >= 0);
        return new ItemFilter(
                model,
                categories.isEmpty() ? null : categories,
                query.categoryMode(),
                query.excludeSeen() ? IntStream.concat(excluded, IntStream.of(had)) : excluded,
                unknown);
    }

    /** All that is available but this one. */
    static ItemFilter without(ServingModel model, int itemIdx) {
        return new ItemFilter(model, null, CategoryMode.ANY, IntStream.of(itemIdx), List.of());
    }

    /** Categories of the query that no item has. */
    List<String> unknownCategories() {
        return unknownCategories;
    }

    @Override
    public long word(int group) {
        long open = available.word(group);
        if (categories == null) {
            return open;
        }
        long ofCategories = mode == CategoryMode.ALL ? -1 : 0;
        for (ItemSet category : categories) {
            long word = category.word(group);
            ofCategories = mode == CategoryMode.ALL ? ofCategories & word : ofCategories | word;
        }
        return open & ofCategories;
    }

    @Override
    public boolean test(int itemIdx) {
        return (word(itemIdx / Long.SIZE) >>> itemIdx & 1) != 0 && Arrays.binarySearch(excluded, itemIdx) < 0;
    }
}
