package dev.discern.common.data;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a user, or the shop, says of the user.
 *
 * @param id external id, opaque
 * @param categories of items, that the user likes
 * @param attributes whatever else, by name
 */
public record UserProfile(String id, List<String> categories, Map<String, String> attributes) {

    public UserProfile {
        if (id.isEmpty()) {
            throw new IllegalArgumentException("a user needs an id");
        }
        categories = List.copyOf(categories);
        attributes = Collections.unmodifiableMap(new TreeMap<>(attributes));
    }
}
