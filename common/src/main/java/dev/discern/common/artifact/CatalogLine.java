package dev.discern.common.artifact;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.common.data.Item;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line of {@code items.jsonl}. */
record CatalogLine(
        String itemId,
        String title,
        List<String> categories,
        boolean available,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt) {

    CatalogLine {
        require("itemId", itemId);
        require("title", title);
        require("categories", categories);
        categories.forEach(category -> require("categories without null", category));
    }

    /** What is read from a file may lack members, whatever their types say. */
    private static void require(String member, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("an item needs %s".formatted(member));
        }
    }

    static CatalogLine of(Item item) {
        return new CatalogLine(item.id(), item.title(), item.categories(), item.available(), item.expiresAt());
    }

    Item toItem() {
        return new Item(itemId, title, categories, "", Map.of(), available, expiresAt);
    }
}
