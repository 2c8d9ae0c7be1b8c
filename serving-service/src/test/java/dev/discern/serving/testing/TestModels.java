package dev.discern.serving.testing;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.JudgedItems;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Small artifacts with every kind of id, title and availability. */
public final class TestModels {

    /** A legal id that breaks what is careless with paths. */
    public static final String ODD_ID = "a/b c%2F;ü";

    private static final int USERS = 20;
    private static final int ITEMS = 60;
    private static final int DIM = 8;

    private TestModels() {}

    /**
     * A random model. Item {@code n} is {@code item-nn} ("Title nn of VERSION"), of the categories {@code even} or {@code odd}, {@code third},
     * and {@code a, b} with a comma; every seventh is not available; user {@code n} is {@code user-nn}, the last one {@link #ODD_ID}.
     */
    public static Artifact random(String version, long seed) {
        Random random = new Random(seed);
        List<String> users = new ArrayList<>();
        for (int user = 0; user < USERS - 1; user++) {
            users.add("user-%02d".formatted(user));
        }
        users.add(ODD_ID);
        List<Item> items = new ArrayList<>();
        for (int item = 0; item < ITEMS - 1; item++) {
            items.add(item("item-%02d".formatted(item), item, version));
        }
        items.add(item(ODD_ID, ITEMS - 1, version));
        return artifact(
                version,
                IdIndex.of(users),
                items.stream()
                        .sorted((a, b) -> IdIndex.ORDER.compare(a.id(), b.id()))
                        .toList(),
                table(USERS, DIM, random),
                table(ITEMS, DIM, random),
                table(ITEMS, 1, random).values(),
                history(random));
    }

    /** A model of these parts; its manifest says what serving expects. */
    public static Artifact artifact(
            String version,
            IdIndex users,
            List<Item> catalog,
            EmbeddingTable userTable,
            EmbeddingTable itemTable,
            float[] bias,
            InteractionMatrix seen) {
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                version,
                "bpr-mf",
                "off",
                itemTable.dim(),
                users.size(),
                catalog.size(),
                ModelManifest.DOT,
                ModelManifest.RIDGE,
                new Provenance("none", null, null, 1, Map.of(), "test", Instant.EPOCH, "test"),
                Map.of(),
                Map.of());
        return new Artifact(
                manifest,
                users,
                IdIndex.of(catalog.stream().map(Item::id).toList()),
                userTable,
                itemTable,
                bias,
                seen,
                catalog);
    }

    /** The same with tables of a history, whose newest four items count. Its users' own vectors have nothing to do with them. */
    public static Artifact randomHistory(String version, long seed) {
        Random random = new Random(seed);
        return history(
                random(version, seed),
                new HistoryTables(table(ITEMS, DIM, random), List.of(part(5, 1, random), part(DIM - 5, 0.5f, random))));
    }

    private static HistoryTables.Part part(int length, float gain, Random random) {
        return new HistoryTables.Part(length, gain, table(1, 4, random).values());
    }

    /** A model that tells what users turned to lately, otherwise the same. */
    public static Artifact trending(Artifact model, ItemTrend trend) {
        return copy(model, model.catalog(), model.judged(), trend);
    }

    /** A model that tells what a judge taught, otherwise the same. */
    public static Artifact judged(Artifact model, JudgedItems judged) {
        return copy(model, model.catalog(), judged, model.trend());
    }

    /** A model that folds in by these tables, otherwise the same. */
    public static Artifact history(Artifact model, HistoryTables tables) {
        ModelManifest manifest = model.manifest();
        return new Artifact(
                new ModelManifest(
                        manifest.formatVersion(),
                        manifest.version(),
                        "history",
                        manifest.regularizer(),
                        manifest.dim(),
                        manifest.users(),
                        manifest.items(),
                        manifest.similarity(),
                        ModelManifest.HISTORY,
                        manifest.provenance(),
                        manifest.metrics(),
                        Map.of()),
                model.userIds(),
                model.itemIds(),
                model.users(),
                model.items(),
                model.itemBias(),
                model.seen(),
                model.catalog(),
                tables);
    }

    /** The same with another catalog. */
    public static Artifact with(Artifact model, List<Item> catalog) {
        return copy(model, catalog, model.judged(), model.trend());
    }

    private static Artifact copy(
            Artifact model, List<Item> catalog, @Nullable JudgedItems judged, @Nullable ItemTrend trend) {
        return new Artifact(
                model.manifest(),
                model.userIds(),
                model.itemIds(),
                model.users(),
                model.items(),
                model.itemBias(),
                model.seen(),
                catalog,
                model.history(),
                judged,
                trend);
    }

    /** Standard normal values. */
    public static EmbeddingTable table(int rows, int dim, Random random) {
        float[] values = new float[rows * dim];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return new EmbeddingTable(rows, dim, values);
    }

    private static Item item(String id, int number, String version) {
        List<String> categories = new ArrayList<>(List.of(number % 2 == 0 ? "even" : "odd"));
        if (number % 3 == 0) {
            categories.add("third");
        }
        if (number % 5 == 0) {
            categories.add("a, b");
        }
        return new Item(id, "Title %d of %s".formatted(number, version), categories, "", Map.of(), number % 7 != 6);
    }

    /** Five different items for each user. */
    private static InteractionMatrix history(Random random) {
        int[] rowStart = new int[USERS + 1];
        int[] columns = new int[USERS * 5];
        for (int user = 0; user < USERS; user++) {
            rowStart[user + 1] = 5 * (user + 1);
            int[] items = random.ints(0, ITEMS).distinct().limit(5).toArray();
            System.arraycopy(items, 0, columns, 5 * user, 5);
        }
        return new InteractionMatrix(ITEMS, Arrays.copyOf(rowStart, rowStart.length), columns);
    }
}
