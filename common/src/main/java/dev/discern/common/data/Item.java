package dev.discern.common.data;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An item of the catalog.
 *
 * @param id external id, opaque
 * @param title empty when unknown
 * @param categories in the order of the source
 * @param description empty when unknown
 * @param attributes further columns of the source, by name
 * @param available whether it may be recommended
 */
public record Item(
        String id,
        String title,
        List<String> categories,
        String description,
        Map<String, String> attributes,
        boolean available) {

    public Item {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an item needs an id");
        }
        categories = List.copyOf(categories);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
