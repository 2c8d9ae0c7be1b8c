package dev.discern.serving.model;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.Item;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.live.LiveItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The items of a model as they are now: as they were when it was trained, but for what changed and what expired since. It never changes;
 * after another change, or when an item expires, there is another one.
 */
public final class CurrentCatalog {

    private final List<Item> trained;
    private final ItemSet available;
    private final Categories categories;
    private final Map<Integer, Item> changed;
    private final Map<String, ItemSet> changedCategories;
    private final List<Item> later;
    private final Instant until;

    private CurrentCatalog(
            List<Item> trained,
            ItemSet available,
            Categories categories,
            Map<Integer, Item> changed,
            Map<String, ItemSet> changedCategories,
            List<Item> later,
            Instant until) {
        this.trained = trained;
        this.available = available;
        this.categories = categories;
        this.changed = changed;
        this.changedCategories = changedCategories;
        this.later = later;
        this.until = until;
    }

    /** As they were, at this time. */
    static CurrentCatalog trained(List<Item> catalog, Instant now) {
        ItemSet.Builder available = new ItemSet.Builder();
        IntStream.range(0, catalog.size())
                .filter(item -> catalog.get(item).isOpen(now))
                .forEach(available::add);
        return new CurrentCatalog(
                catalog,
                available.build(),
                new Categories(catalog),
                Map.of(),
                Map.of(),
                List.of(),
                until(catalog.stream(), now));
    }

    /** The next time at which one of these expires. */
    private static Instant until(Stream<Item> items, Instant now) {
        return items.filter(item -> item.isOpen(now))
                .map(Item::expiresAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    /** As these are now; this one must be as they were at an earlier time. */
    CurrentCatalog at(Instant now) {
        if (now.isBefore(until)) {
            return this;
        }
        int[] places = IntStream.range(0, trained.size())
                .filter(place -> trained.get(place).expiresAt() != null)
                .toArray();
        return new CurrentCatalog(
                trained,
                available.with(places, place -> trained.get(place).isOpen(now)),
                categories,
                Map.of(),
                Map.of(),
                List.of(),
                until(trained.stream(), now));
    }

    /** As they are by this data, at the same time; this one must be as they were. */
    CurrentCatalog with(LiveData live, ServingModel model, Instant now) {
        Map<Integer, Item> items = new HashMap<>();
        List<Item> unknown = new ArrayList<>();
        for (LiveItem item : live.items()) {
            int itemIdx = model.itemIdx(item.item().id());
            if (itemIdx >= 0) {
                items.put(itemIdx, item.item());
            } else if (item.item().isOpen(now) && !item.deleted()) {
                unknown.add(item.item());
            }
        }
        if (items.isEmpty() && unknown.isEmpty()) {
            return this;
        }
        unknown.sort(Comparator.comparing(Item::id, IdIndex.ORDER));
        int[] places = items.keySet().stream().mapToInt(Integer::intValue).toArray();
        Map<String, ItemSet> sets = new HashMap<>();
        for (String category : categoriesOf(items)) {
            sets.put(
                    category,
                    categories
                            .items(category)
                            .orElse(ItemSet.EMPTY)
                            .with(places, place -> at(items, place).categories().contains(category)));
        }
        return new CurrentCatalog(
                trained,
                available.with(places, place -> at(items, place).isOpen(now)),
                categories,
                Map.copyOf(items),
                Map.copyOf(sets),
                List.copyOf(unknown),
                Stream.of(until, until(items.values().stream(), now), until(unknown.stream(), now))
                        .min(Comparator.naturalOrder())
                        .orElseThrow());
    }

    private static Item at(Map<Integer, Item> items, int place) {
        return Objects.requireNonNull(items.get(place));
    }

    /** Those that the items had and those that they have. */
    private Set<String> categoriesOf(Map<Integer, Item> items) {
        Set<String> names = new HashSet<>();
        items.forEach((place, item) -> {
            names.addAll(trained.get(place).categories());
            names.addAll(item.categories());
        });
        return names;
    }

    /** The item at a dense index. */
    public Item item(int itemIdx) {
        return changed.getOrDefault(itemIdx, trained.get(itemIdx));
    }

    /** When the first of the items expires; before that nothing does. */
    Instant until() {
        return until;
    }

    /** Items that came later and that may be recommended, which the model has no vector of: in the order of their ids. */
    public List<Item> later() {
        return later;
    }

    /** Those of the model that may be recommended at all. */
    public ItemSet available() {
        return available;
    }

    /** A category's items; empty when no item of the model has ever had it. */
    public Optional<ItemSet> category(String name) {
        ItemSet items = changedCategories.get(name);
        return items == null ? categories.items(name) : Optional.of(items);
    }
}
