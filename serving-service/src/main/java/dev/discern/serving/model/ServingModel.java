package dev.discern.serving.model;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.data.Item;
import dev.discern.common.vector.VectorKernels;
import dev.discern.serving.foldin.FoldIn;
import dev.discern.serving.foldin.HistoryFoldIn;
import dev.discern.serving.foldin.RidgeFoldIn;
import dev.discern.serving.index.CatalogIndexes;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.ScoredItems;
import dev.discern.serving.index.TopKIndex;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole model, ready to answer. It never changes, so whoever holds one sees one version from the beginning of a request to its
 * end.
 */
public final class ServingModel {

    private final Artifact artifact;
    private final int[] popularity; // (items)
    private final int[] byPopularity; // (items) most popular first
    private final Categories categories;
    private final ItemSet available;
    private final CatalogIndexes indexes;
    private final FoldIn foldIn;

    ServingModel(Artifact artifact, VectorKernels kernels, SearchProperties search) {
        this.artifact = artifact;
        this.popularity = artifact.seen().columnCounts();
        this.byPopularity = IntStream.range(0, popularity.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer item) -> -popularity[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.categories = new Categories(artifact.catalog());
        this.available = available(artifact.catalog());
        this.indexes = CatalogIndexes.of(kernels, artifact.items(), artifact.itemBias(), search.threads());
        HistoryTables history = artifact.history();
        this.foldIn = history == null
                ? new RidgeFoldIn(kernels, artifact.users(), artifact.items())
                : new HistoryFoldIn(kernels, history);
    }

    public String version() {
        return artifact.manifest().version();
    }

    public int users() {
        return artifact.userIds().size();
    }

    public int items() {
        return artifact.itemIds().size();
    }

    /** The dense index of a user, or -1 when this model does not know them. */
    public int userIdx(String userId) {
        return artifact.userIds().idx(userId);
    }

    /** The dense index of an item, or -1 when this model does not know it. */
    public int itemIdx(String itemId) {
        return artifact.itemIds().idx(itemId);
    }

    /** The item at a dense index. */
    public Item item(int itemIdx) {
        return artifact.catalog().get(itemIdx);
    }

    /**
     * The vector of a user: (dim). A model that folds in by history makes it from all that the user has, since the vector it was
     * published with leaves out what training held out; null when that is nothing.
     */
    public float @Nullable [] userVector(int userIdx) {
        if (artifact.history() == null) {
            return row(artifact.users(), userIdx);
        }
        int[] had = had(userIdx);
        return had.length == 0 ? null : foldIn(had);
    }

    /** An item's vector at length one, or zero if it has no direction: (dim), the query for {@link #similarity()}. */
    public float[] direction(int itemIdx) {
        float[] vector = row(artifact.items(), itemIdx);
        float factor = ScoredItems.cosineFactor(artifact.items(), itemIdx);
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= factor;
        }
        return vector;
    }

    /**
     * The vector of somebody who has these items: (dim).
     *
     * @param items dense item indices, oldest first, at least one
     */
    public float[] foldIn(int[] items) {
        return foldIn.vector(items);
    }

    /** Items by score for a user vector. */
    public TopKIndex index() {
        return indexes.byScore();
    }

    /** Items by cosine for an item's {@link #direction}. */
    public TopKIndex similarity() {
        return indexes.byCosine();
    }

    /** What a user has, oldest first: dense item indices. */
    public int[] had(int userIdx) {
        return artifact.seen().row(userIdx);
    }

    /** How many users have an item. */
    public int popularity(int itemIdx) {
        return popularity[itemIdx];
    }

    /** All items, those that most users have first. */
    public IntStream byPopularity() {
        return IntStream.of(byPopularity);
    }

    /** Items that may be recommended at all. */
    public ItemSet available() {
        return available;
    }

    public Categories categories() {
        return categories;
    }

    private static float[] row(EmbeddingTable table, int row) {
        float[] vector = new float[table.dim()];
        System.arraycopy(table.values(), row * table.dim(), vector, 0, table.dim());
        return vector;
    }

    private static ItemSet available(List<Item> catalog) {
        ItemSet.Builder items = new ItemSet.Builder();
        for (int item = 0; item < catalog.size(); item++) {
            if (catalog.get(item).available()) {
                items.add(item);
            }
        }
        return items.build();
    }
}
