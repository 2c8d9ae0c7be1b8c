package dev.discern.serving.model;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.Popularity;
import dev.discern.common.vector.VectorKernels;
import dev.discern.serving.foldin.FoldIn;
import dev.discern.serving.foldin.HistoryFoldIn;
import dev.discern.serving.foldin.RidgeFoldIn;
import dev.discern.serving.index.CatalogIndexes;
import dev.discern.serving.index.ItemSet;
import dev.discern.serving.index.ScanThreads;
import dev.discern.serving.index.ScoredItems;
import dev.discern.serving.index.TopKIndex;
import dev.discern.serving.live.LiveData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A whole model, ready to answer. It never changes, so whoever holds one sees one version from the beginning of a request to its
 * end.
 */
public final class ServingModel {

    /** Items of the answers whose recall is told. */
    static final int RECALL_AT = 10;

    private static final int RECALL_USERS = 200;

    /** What is popular is made anew after an event for each so many items that were touched since the training. */
    private static final int ITEMS_FOR_EACH_NEWS = 100;

    private final Artifact artifact;
    private final VectorKernels kernels;
    private final int[] popularity; // (items)
    private final Trending trained;
    private volatile Trends trends;
    private final ItemSet hardlyKnown;
    private final int[] hardlyKnownByTrend; // the most popular first
    private final ScanThreads threads;
    private volatile CurrentCatalog trainedCatalog;
    private final InstantSource clock;
    private final ItemSet longTail;
    private volatile Seen seen;
    private final CatalogIndexes indexes;
    private final OptionalDouble recall;
    private final FoldIn foldIn;
    private final @Nullable ItemParts parts; // null: an item's vector is one

    ServingModel(Artifact artifact, VectorKernels kernels, SearchProperties search, InstantSource clock) {
        this.artifact = artifact;
        this.kernels = kernels;
        this.popularity = artifact.seen().columnCounts();
        this.trained = Trending.trained(artifact, popularity);
        this.trends = new Trends(new LiveData(), -1, trained);
        this.hardlyKnown =
                set(IntStream.range(0, popularity.length).filter(item -> popularity[item] <= Popularity.HARDLY_KNOWN));
        this.hardlyKnownByTrend = trained.items().filter(hardlyKnown::test).toArray();
        this.threads = search.threads();
        this.trainedCatalog = CurrentCatalog.trained(artifact.catalog(), clock.instant());
        this.clock = clock;
        Popularity counts = Popularity.of(artifact.seen());
        this.longTail = set(IntStream.range(0, counts.items()).filter(counts::isTail));
        this.seen = new Seen(new LiveData(), -1, trainedCatalog);
        this.indexes =
                CatalogIndexes.of(kernels, artifact.items(), artifact.itemBias(), threads, search.approximateAbove());
        this.recall = indexes.recall(sampleOfUsers(artifact.users()), RECALL_AT);
        HistoryTables history = artifact.history();
        this.foldIn = history == null
                ? new RidgeFoldIn(kernels, artifact.users(), artifact.items())
                : new HistoryFoldIn(kernels, history);
        this.parts = history == null || history.parts().size() < 2
                ? null
                : new ItemParts(artifact.items(), behaviourDim(), kernels, threads);
    }

    /**
     * The catalog as it was made last, and of which data.
     *
     * @param version of the data's items
     */
    private record Seen(LiveData live, long version, CurrentCatalog catalog) {}

    /**
     * What is popular as it was made last, and of which data.
     *
     * @param touches of the data
     */
    private record Trends(LiveData live, long touches, Trending trending) {}

    /** The oldest of the snapshots that models were trained on; null when none of them tells. */
    static @Nullable String oldestSnapshot(Collection<ServingModel> models) {
        return models.stream()
                .map(model -> model.artifact.manifest().provenance().dataSnapshot())
                .filter(Objects::nonNull)
                .min(Comparator.comparingLong(snapshot -> Long.parseLong(snapshot.substring(0, snapshot.indexOf(':')))))
                .orElse(null);
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

    /** The items as they are by this data, and now. */
    public CurrentCatalog catalog(LiveData live) {
        long version = live.itemsVersion();
        Seen last = seen;
        Instant now = clock.instant();
        if (last.live == live && last.version == version && now.isBefore(last.catalog.until())) {
            return last.catalog;
        }
        trainedCatalog = trainedCatalog.at(now);
        CurrentCatalog catalog = trainedCatalog.with(live, this, now);
        seen = new Seen(live, version, catalog);
        return catalog;
    }

    /**
     * What is popular by this data. It is made anew when something happened; where that concerns many items, when so much happened that it
     * makes a difference, so that however busy the shop is each event costs the same.
     */
    public Trending trending(LiveData live) {
        long touches = live.touches();
        Trends last = trends;
        long news = Math.max(1, live.turnedTo().size() / ITEMS_FOR_EACH_NEWS);
        if (last.live == live && touches - last.touches < news) {
            return last.trending;
        }
        Trending trending = trained.with(live, artifact);
        trends = new Trends(live, touches, trending);
        return trending;
    }

    /** Whether a user's vector is made from what the user has, and of nothing else. */
    public boolean isMadeOfHistories() {
        return artifact.history() != null;
    }

    /** The vector that training gave a user: (dim). */
    public float[] trainedVector(int userIdx) {
        return row(artifact.users(), userIdx);
    }

    /** An item's vector at length one, or zero if it has no direction: (dim), the query for {@link #similarity()}. */
    public float[] direction(int itemIdx) {
        return whole().direction(itemIdx);
    }

    /** Items as one aspect of them has it; empty for the texts where the model has no part of its vectors for them. */
    public Optional<ItemSpace> space(Aspect aspect) {
        if (parts == null) {
            return aspect == Aspect.TEXT ? Optional.empty() : Optional.of(whole());
        }
        return Optional.of(
                switch (aspect) {
                    case BEHAVIOUR -> parts.behaviour();
                    case TEXT -> parts.text();
                    case BLEND -> whole();
                });
    }

    private ItemSpace whole() {
        return new ItemSpace(artifact.items(), indexes.byCosine());
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

    /** Which share of the best 10 items {@link #index()} finds, for a sample of users; empty where it finds all by its nature. */
    public OptionalDouble recall() {
        return recall;
    }

    /** What a user has, oldest first: dense item indices. */
    public int[] had(int userIdx) {
        return artifact.seen().row(userIdx);
    }

    /** The items of the long tail: the fifth that fewest users have. */
    public ItemSet longTail() {
        return longTail;
    }

    /** The cosine of the angle between a {@link #direction} and an item. */
    public float cosine(float[] direction, int itemIdx) {
        return kernels.dot(direction, 0, artifact.items().values(), itemIdx * direction.length, direction.length)
                * ScoredItems.cosineFactor(artifact.items(), itemIdx);
    }

    /** How many of a vector's dimensions, the first ones, come from what people did; the others are texts alone. */
    public int behaviourDim() {
        HistoryTables history = artifact.history();
        return history == null
                ? artifact.items().dim()
                : history.parts().getFirst().length();
    }

    /** The part of a score that the dimensions {@code [from, to)} make. */
    public float product(float[] vector, int itemIdx, int from, int to) {
        return kernels.dot(vector, from, artifact.items().values(), itemIdx * vector.length + from, to - from);
    }

    /** The part of an item's score that is the same for all users. */
    public float bias(int itemIdx) {
        return artifact.itemBias()[itemIdx];
    }

    /** What {@link #index()} scores an item for a user vector, to the bit. */
    public float score(float[] vector, int itemIdx) {
        float[] product = new float[1];
        kernels.scores(vector, 0, artifact.items().values(), itemIdx, 1, vector.length, product, 0);
        return product[0] + bias(itemIdx);
    }

    /** What a judge taught of an item, for users with histories of this length; empty where it taught nothing. */
    public Optional<JudgedItems.Judged> judged(int itemIdx, HistoryBucket bucket) {
        JudgedItems judged = artifact.judged();
        return judged == null ? Optional.empty() : judged.of(itemIdx, bucket);
    }

    /** How many users have an item. */
    public int popularity(int itemIdx) {
        return popularity[itemIdx];
    }

    /** The items of which interactions tell next to nothing: at most four users have them. */
    public ItemSet hardlyKnown() {
        return hardlyKnown;
    }

    /** The same, those first that were the most popular at the training. */
    public IntStream hardlyKnownByTrend() {
        return IntStream.of(hardlyKnownByTrend);
    }

    /** Of items in ascending order. */
    private static ItemSet set(IntStream items) {
        ItemSet.Builder set = new ItemSet.Builder();
        items.forEach(set::add);
        return set.build();
    }

    private static float[] row(EmbeddingTable table, int row) {
        float[] vector = new float[table.dim()];
        System.arraycopy(table.values(), row * table.dim(), vector, 0, table.dim());
        return vector;
    }

    /** Their vectors, all over the table. */
    private static List<float[]> sampleOfUsers(EmbeddingTable users) {
        int size = Math.min(RECALL_USERS, users.rows());
        return IntStream.range(0, size)
                .mapToObj(n -> row(users, (int) ((long) n * users.rows() / size)))
                .toList();
    }
}
