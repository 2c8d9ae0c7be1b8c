package dev.discern.serving.model;

import dev.discern.common.data.Item;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which items belong to a category, as one bit set for each; names are compared exactly. */
public final class Categories {

    private final Map<String, BitSet> itemsOf = new HashMap<>();

    Categories(List<Item> catalog) {
        for (int item = 0; item < catalog.size(); item++) {
            for (String category : catalog.get(item).categories()) {
                itemsOf.computeIfAbsent(category, _ -> new BitSet(catalog.size()))
                        .set(item);
            }
        }
    }

    /** The dense indices of a category's items (a copy); empty when no item has this category. */
    public Optional<BitSet> items(String category) {
        return Optional.ofNullable(itemsOf.get(category)).map(items -> (BitSet) items.clone());
    }
}
