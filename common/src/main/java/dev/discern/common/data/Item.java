package dev.discern.common.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An item of the catalog.
 *
 * @param id external id, opaque
 * @param title empty when unknown
 * @param categories in the order of the source
 * @param description empty when unknown
 * @param attributes further columns of the source, by name
 * @param available whether it may be recommended, until it expires
 * @param expiresAt from when on it may not be recommended; null for never
 */
public record Item(
        String id,
        String title,
        List<String> categories,
        String description,
        Map<String, String> attributes,
        boolean available,
        @Nullable Instant expiresAt) {

    public Item {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("an item needs an id");
        }
        categories = List.copyOf(categories);
        attributes = java.util.Collections.unmodifiableMap(new TreeMap<>(attributes));
    }

    /** An item that never expires. */
    public Item(
            String id,
            String title,
            List<String> categories,
            String description,
            Map<String, String> attributes,
            boolean available) {
        this(id, title, categories, description, attributes, available, null);
    }

    /** Whether it may be recommended at this time. */
    public boolean isOpen(Instant now) {
        return available && (expiresAt == null || now.isBefore(expiresAt));
    }
}
