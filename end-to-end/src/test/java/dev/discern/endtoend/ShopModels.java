package dev.discern.endtoend;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Models of a small shop with random vectors: items {@code item-000} and on, half of them of category {@code even} and the others of {@code
 * odd}, every third also of {@code third}; users {@code user-000} and on with five items each. A title ends with the model's version, so that
 * an answer made of two models would show.
 */
final class ShopModels {

    static final int USERS = 20;
    static final int ITEMS = 120;

    private static final int DIM = 8;
    private static final int HAD = 5;

    private ShopModels() {}

    /** Folds in by ridge regression, as models of {@code bpr-mf} do. */
    static Artifact bprMf(String version, long seed, @Nullable String snapshot) {
        return model(version, seed, snapshot, catalog(version, ITEMS), false);
    }

    /**
     * Makes every vector of a history.
     *
     * @param newItem the catalog's last item, beside those that all models have
     */
    static Artifact history(String version, long seed, @Nullable String snapshot, Item newItem) {
        List<Item> catalog = new ArrayList<>(catalog(version, ITEMS));
        catalog.add(newItem);
        return model(version, seed, snapshot, catalog, true);
    }

    static List<Item> catalog(String version, int size) {
        return IntStream.range(0, size)
                .mapToObj(n -> new Item(
                        itemId(n),
                        "Item %d of %s".formatted(n, version),
                        n % 3 == 0
                                ? List.of(n % 2 == 0 ? "even" : "odd", "third")
                                : List.of(n % 2 == 0 ? "even" : "odd"),
                        "",
                        Map.of(),
                        true))
                .toList();
    }

    static String itemId(int number) {
        return "item-%03d".formatted(number);
    }

    static String userId(int number) {
        return "user-%03d".formatted(number);
    }

    private static Artifact model(
            String version, long seed, @Nullable String snapshot, List<Item> catalog, boolean isHistory) {
        SplittableRandom random = new SplittableRandom(seed);
        int items = catalog.size();
        EmbeddingTable users = table(USERS, random);
        EmbeddingTable vectors = table(items, random);
        HistoryTables history = isHistory
                ? new HistoryTables(
                        table(items, random), List.of(new HistoryTables.Part(DIM, 1, new float[] {1, 0.5f, 0.25f})))
                : null;
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                version,
                isHistory ? "history" : "bpr-mf",
                "off",
                DIM,
                USERS,
                items,
                ModelManifest.DOT,
                isHistory ? ModelManifest.HISTORY : ModelManifest.RIDGE,
                new Provenance("none", null, null, seed, Map.of(), "test", Instant.EPOCH, "test", null, null, snapshot),
                Map.of(),
                Map.of());
        return new Artifact(
                manifest,
                IdIndex.of(
                        IntStream.range(0, USERS).mapToObj(ShopModels::userId).toList()),
                IdIndex.of(catalog.stream().map(Item::id).toList()),
                users,
                vectors,
                new float[items],
                seen(items, random),
                catalog,
                history);
    }

    /** Normal values: (rows, dim). */
    private static EmbeddingTable table(int rows, SplittableRandom random) {
        float[] values = new float[rows * DIM];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return new EmbeddingTable(rows, DIM, values);
    }

    private static InteractionMatrix seen(int items, SplittableRandom random) {
        int[] rowStart = IntStream.rangeClosed(0, USERS).map(user -> HAD * user).toArray();
        int[] columns = new int[HAD * USERS];
        for (int user = 0; user < USERS; user++) {
            int[] had = random.ints(0, items).distinct().limit(HAD).toArray();
            System.arraycopy(had, 0, columns, HAD * user, HAD);
        }
        return new InteractionMatrix(items, rowStart, columns);
    }
}
