package dev.discern.common.artifact;

import dev.discern.common.data.Item;
import java.util.List;
import java.util.Map;

/** A line of {@code items.jsonl}. */
record CatalogLine(String itemId, String title, List<String> categories, boolean available) {

    static CatalogLine of(Item item) {
        return new CatalogLine(item.id(), item.title(), item.categories(), item.available());
    }

    Item toItem() {
        return new Item(itemId, title, categories, "", Map.of(), available);
    }
}
