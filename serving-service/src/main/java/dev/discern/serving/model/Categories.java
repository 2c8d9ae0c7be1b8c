package dev.discern.serving.model;

import dev.discern.common.data.Item;
import dev.discern.serving.index.ItemSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which items belong to a category; names are compared exactly. */
public final class Categories {

    private final Map<String, ItemSet> itemsOf = new HashMap<>();

    Categories(List<Item> catalog) {
        Map<String, ItemSet.Builder> builders = new HashMap<>();
        for (int item = 0; item < catalog.size(); item++) {
            for (String category : catalog.get(item).categories()) {
                builders.computeIfAbsent(category, _ -> new ItemSet.Builder()).add(item);
            }
        }
        builders.forEach((category, items) -> itemsOf.put(category, items.build()));
    }

    /** A category's items; empty when no item has this category. */
    public Optional<ItemSet> items(String category) {
        return Optional.ofNullable(itemsOf.get(category));
    }
}
