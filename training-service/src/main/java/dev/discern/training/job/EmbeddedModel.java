package dev.discern.training.job;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.ItemTrend;
import dev.discern.common.data.Popularity;
import dev.discern.common.vector.VectorKernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.history.HistoryModel;
import dev.discern.training.backbone.history.RareGain;
import dev.discern.training.backbone.history.TextBasis;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A history model with more items than it was trained on. Its towers see the new ones by their texts alone, {@code E_i = C_i = 0}, and
 * the text part has the gain of an item without interactions. What was there stays as it was, to the bit.
 *
 * @param items all of them
 * @param model the users as they were, and all items
 * @param seen what users have, in the indices of {@code items}
 * @param judged of the old items; null where the model tells of no judge
 * @param learned with rows of zeros for the new items
 * @param trend what users turned to lately, which was none of the new items; null where the model does not tell
 */
record EmbeddedModel(
        IdIndex items,
        DotProductModel model,
        HistoryTables history,
        InteractionMatrix seen,
        @Nullable JudgedItems judged,
        Learned learned,
        @Nullable ItemTrend trend) {

    /**
     * Adds items to a model.
     *
     * @param learned of the model, which has seen texts
     * @param vectors text vectors of its encoder by the ids of items that it does not know; not empty
     * @param gain as the model was published with
     */
    static EmbeddedModel of(
            Artifact trained,
            Learned learned,
            SortedMap<String, float[]> vectors,
            RareGain gain,
            VectorKernels kernels) {
        TextBasis basis = Objects.requireNonNull(learned.texts()).basis();
        int added = vectors.size();
        HistoryModel texts =
                HistoryModel.ofTexts(added, basis.features(vectors.values().toArray(float[][]::new)), learned.shared());
        Popularity unknown = Popularity.of(new InteractionMatrix(added, new int[] {0}, new int[0]));
        int dim = trained.manifest().dim();
        float[] addedItems = gain.on(
                        new DotProductModel(dim, new float[0], texts.itemVectors(kernels), new float[added]),
                        texts.dim(),
                        unknown)
                .items();
        HistoryTables history = Objects.requireNonNull(trained.history());
        Merged merged = Merged.of(trained.itemIds(), vectors);
        Map<String, EmbeddingTable> tables = new HashMap<>(learned.tables());
        for (String key : Learned.BY_ITEM) {
            EmbeddingTable table = learned.table(key);
            tables.put(
                    key,
                    new EmbeddingTable(
                            merged.items.size(),
                            table.dim(),
                            merged.rows(table.values(), new float[added * table.dim()], table.dim())));
        }
        return new EmbeddedModel(
                merged.items,
                new DotProductModel(
                        dim,
                        trained.users().values(),
                        merged.rows(trained.items().values(), addedItems, dim),
                        merged.rows(trained.itemBias(), new float[added], 1)),
                new HistoryTables(
                        new EmbeddingTable(
                                merged.items.size(),
                                dim,
                                merged.rows(
                                        history.context().values(),
                                        texts.tables(kernels).context().values(),
                                        dim)),
                        history.parts()),
                merged.seen(trained.seen()),
                trained.judged() == null ? null : trained.judged().renumbered(merged.ofOld),
                new Learned(tables, learned.texts()),
                merged.trend(trained.trend()));
    }

    /**
     * Old and new items in one order.
     *
     * @param ofOld (old) index among all
     * @param ofAdded (added) index among all
     */
    @SuppressWarnings("ArrayRecordComponent") // read by loops; the record is never compared
    private record Merged(IdIndex items, int[] ofOld, int[] ofAdded) {

        static Merged of(IdIndex old, SortedMap<String, float[]> added) {
            IdIndex items = IdIndex.of(
                    Stream.concat(old.ids().stream(), added.keySet().stream()).toList());
            return new Merged(
                    items,
                    IntStream.range(0, old.size())
                            .map(idx -> items.idx(old.id(idx)))
                            .toArray(),
                    added.keySet().stream().mapToInt(items::idx).toArray());
        }

        /** A table of all items from those of both kinds. */
        float[] rows(float[] old, float[] added, int dim) {
            float[] all = new float[Math.multiplyExact(items.size(), dim)];
            put(old, ofOld, all, dim);
            put(added, ofAdded, all, dim);
            return all;
        }

        private static void put(float[] from, int[] rowOf, float[] into, int dim) {
            for (int row = 0; row < rowOf.length; row++) {
                System.arraycopy(from, row * dim, into, rowOf[row] * dim, dim);
            }
        }

        @Nullable
        ItemTrend trend(@Nullable ItemTrend old) {
            return old == null
                    ? null
                    : new ItemTrend(old.day(), old.halfLifeDays(), rows(old.weights(), new float[ofAdded.length], 1));
        }

        InteractionMatrix seen(InteractionMatrix old) {
            return new InteractionMatrix(
                    items.size(),
                    old.rowStart(),
                    Arrays.stream(old.columns()).map(item -> ofOld[item]).toArray());
        }
    }
}
