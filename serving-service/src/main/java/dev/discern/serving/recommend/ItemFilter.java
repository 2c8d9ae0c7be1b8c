package dev.discern.serving.recommend;

import dev.discern.serving.index.ItemMask;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.model.CurrentCatalog;
import dev.discern.serving.model.ServingModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which items may be in an answer: composed of the model's own sets while it is asked, so that it costs a query no more than the items that it
 * leaves out one by one.
 */
final class ItemFilter implements ItemMask {

    private static final int[] NONE = {};

    private final ItemSet available;
    private final @Nullable List<ItemSet> categories; // null: no category was asked for
    private final CategoryMode mode;
    private final @Nullable ItemSet only; // null: the caller named no items
    private final int[] excluded; // ascending
    private final List<String> unknownCategories;

    private ItemFilter(
            CurrentCatalog catalog,
            @Nullable List<ItemSet> categories,
            CategoryMode mode,
            @Nullable ItemSet only,
            int[] excluded,
            List<String> unknownCategories) {
        this.available = catalog.available();
        this.categories = categories;
        this.mode = mode;
        this.only = only;
        this.excluded = excluded;
        this.unknownCategories = List.copyOf(unknownCategories);
    }

    /**
     * The filter of a query.
     *
     * @param had dense indices of what the audience has touched
     */
    static ItemFilter of(ServingModel model, CurrentCatalog catalog, Query query, int[] had) {
        return of(
                catalog,
                query.categories(),
                query.categoryMode(),
                query.onlyItems() == null ? null : set(model, query.onlyItems()),
                sorted(model, query.excludeItems(), query.excludeSeen() ? had : NONE));
    }

    /**
     * The filter of a query for similar items: none is like itself.
     *
     * @param items dense indices of those that the answer is to be like
     */
    static ItemFilter of(ServingModel model, CurrentCatalog catalog, SimilarQuery query, Collection<Integer> items) {
        return of(
                catalog,
                query.categories(),
                query.categoryMode(),
                null,
                sorted(
                        model,
                        query.excludeItems(),
                        items.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Dense indices of both, ascending. Copied and not streamed: the sorted stream of two took half of what a request allocated. */
    private static int[] sorted(ServingModel model, List<String> itemIds, int[] items) {
        int[] named = itemIds.isEmpty() ? NONE : known(model, itemIds).toArray();
        int[] all = Arrays.copyOf(items, items.length + named.length);
        System.arraycopy(named, 0, all, items.length, named.length);
        Arrays.sort(all);
        return all;
    }

    private static ItemFilter of(
            CurrentCatalog catalog, List<String> names, CategoryMode mode, @Nullable ItemSet only, int[] excluded) {
        List<ItemSet> categories = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String category : names) {
            Optional<ItemSet> items = catalog.category(category);
            if (items.isEmpty()) {
                unknown.add(category);
            }
            categories.add(items.orElse(ItemSet.EMPTY));
        }
        return new ItemFilter(catalog, categories.isEmpty() ? null : categories, mode, only, excluded, unknown);
    }

    private static IntStream known(ServingModel model, List<String> itemIds) {
        return itemIds.stream().mapToInt(model::itemIdx).filter(item -> item >= 0);
    }

    private static ItemSet set(ServingModel model, List<String> itemIds) {
        ItemSet.Builder items = new ItemSet.Builder();
        known(model, itemIds).sorted().forEach(items::add);
        return items.build();
    }

    /** Categories of the query that no item has. */
    List<String> unknownCategories() {
        return unknownCategories;
    }

    @Override
    public long word(int group) {
        long open = only == null ? available.word(group) : available.word(group) & only.word(group);
        if (categories == null || open == 0) {
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
        return ((word(itemIdx / Long.SIZE) >>> itemIdx) & 1) != 0 && Arrays.binarySearch(excluded, itemIdx) < 0;
    }
}
