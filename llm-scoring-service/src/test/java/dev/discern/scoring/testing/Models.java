package dev.discern.scoring.testing;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.EmbeddingTable;
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
import org.jspecify.annotations.Nullable;

/** Models made for a test. */
public final class Models {

    private Models() {}

    /** A model of these users and items with standard normal vectors and biases. */
    public static Artifact random(String version, IdIndex users, IdIndex items, int dim, SplittableRandom random) {
        return of(
                version,
                users,
                items,
                table(users.size(), dim, random),
                table(items.size(), dim, random),
                table(items.size(), 1, random).values(),
                null);
    }

    /**
     * A model of these tables.
     *
     * @param scoringRun whose judgments it learned from; null when none
     */
    public static Artifact of(
            String version,
            IdIndex users,
            IdIndex items,
            EmbeddingTable userTable,
            EmbeddingTable itemTable,
            float[] bias,
            @Nullable Long scoringRun) {
        return new Artifact(
                new ModelManifest(
                        ModelManifest.FORMAT_VERSION,
                        version,
                        "bpr-mf",
                        scoringRun == null ? "off" : "gated",
                        itemTable.dim(),
                        users.size(),
                        items.size(),
                        ModelManifest.DOT,
                        ModelManifest.RIDGE,
                        new Provenance("none", scoringRun, null, 1, Map.of(), "test", Instant.EPOCH, "test"),
                        Map.of(),
                        Map.of()),
                users,
                items,
                userTable,
                itemTable,
                bias,
                new InteractionMatrix(items.size(), new int[users.size() + 1], new int[0]),
                catalog(items));
    }

    private static List<Item> catalog(IdIndex items) {
        List<Item> catalog = new ArrayList<>();
        for (String id : items.ids()) {
            catalog.add(new Item(id, "Title of " + id, List.of(), "", Map.of(), true));
        }
        return catalog;
    }

    private static EmbeddingTable table(int rows, int dim, SplittableRandom random) {
        float[] values = new float[rows * dim];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return new EmbeddingTable(rows, dim, values);
    }
}
