package dev.discern.common.artifact;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained model with all that serving needs. The arrays are shared, not copied.
 *
 * @param users (users, dim) in the order of {@code userIds}; what training held out had no part in them
 * @param items (items, dim) in the order of {@code itemIds}
 * @param itemBias (items), added to the dot product
 * @param seen everything a user has at the snapshot, oldest first, held-out items included: none of it may be recommended again
 * @param catalog the items in the order of {@code itemIds}
 * @param history what makes a user's vector from items alone, where {@code foldIn} is {@code history}; null otherwise
 * @param judged what a judge taught of the items; null where the model learned from none, and in folders from before it was told
 * @param trend what users turned to lately, in the order of {@code itemIds}; null where training did not tell
 */
@SuppressWarnings("ArrayRecordComponent") // large and read by hot loops; the record is never compared
public record Artifact(
        ModelManifest manifest,
        IdIndex userIds,
        IdIndex itemIds,
        EmbeddingTable users,
        EmbeddingTable items,
        float[] itemBias,
        InteractionMatrix seen,
        List<Item> catalog,
        @Nullable HistoryTables history,
        @Nullable JudgedItems judged,
        @Nullable ItemTrend trend) {

    public Artifact {
        catalog = List.copyOf(catalog);
        require("users in the embedding table", users.rows(), userIds.size());
        require("items in the embedding table", items.rows(), itemIds.size());
        require("item biases", itemBias.length, itemIds.size());
        require("users of seen", seen.users(), userIds.size());
        require("items of seen", seen.items(), itemIds.size());
        require("items in the catalog", catalog.size(), itemIds.size());
        require("users in the manifest", manifest.users(), userIds.size());
        require("items in the manifest", manifest.items(), itemIds.size());
        require("dimensions of users", users.dim(), manifest.dim());
        require("dimensions of items", items.dim(), manifest.dim());
        for (int idx = 0; idx < catalog.size(); idx++) {
            if (!catalog.get(idx).id().equals(itemIds.id(idx))) {
                throw new IllegalArgumentException("the catalog's item %d is %s, not %s"
                        .formatted(idx, catalog.get(idx).id(), itemIds.id(idx)));
            }
        }
        if (manifest.foldIn().equals(ModelManifest.HISTORY) != (history != null)) {
            throw new IllegalArgumentException("a model that folds in by %s: expected %s, found %s"
                    .formatted(
                            manifest.foldIn(),
                            history == null ? "a history's tables" : "no history's tables",
                            history == null ? "none" : "some"));
        }
        if (history != null) {
            require("items in the context table", history.context().rows(), itemIds.size());
            require("dimensions of context", history.context().dim(), manifest.dim());
        }
        if (judged != null && judged.itemsAtLeast() > itemIds.size()) {
            throw new IllegalArgumentException("judged items: expected indices below %d, found %d"
                    .formatted(itemIds.size(), judged.itemsAtLeast() - 1));
        }
        if (trend != null) {
            require("items in the trend", trend.weights().length, itemIds.size());
        }
    }

    /** A model of which no judge is told, and that does not tell what users turned to lately. */
    public Artifact(
            ModelManifest manifest,
            IdIndex userIds,
            IdIndex itemIds,
            EmbeddingTable users,
            EmbeddingTable items,
            float[] itemBias,
            InteractionMatrix seen,
            List<Item> catalog,
            @Nullable HistoryTables history) {
        this(manifest, userIds, itemIds, users, items, itemBias, seen, catalog, history, null, null);
    }

    /** One that makes no vectors from histories either. */
    public Artifact(
            ModelManifest manifest,
            IdIndex userIds,
            IdIndex itemIds,
            EmbeddingTable users,
            EmbeddingTable items,
            float[] itemBias,
            InteractionMatrix seen,
            List<Item> catalog) {
        this(manifest, userIds, itemIds, users, items, itemBias, seen, catalog, null);
    }

    private static void require(String what, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException("%s: expected %d, found %d".formatted(what, expected, found));
        }
    }
}
