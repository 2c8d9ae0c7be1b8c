package dev.discern.benchmarks;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.artifact.EmbeddingTable;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.random.Seeds;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A model of random items with a category and a title each. A user's vector is the sum of those of the items that the user has seen, so
 * that without the filter of what was seen the best items would be those.
 */
record SyntheticModel(int items, int users, int dim) {

    static final int SEEN = 20;

    private static final Seeds SEEDS = new Seeds(1);

    static String user(long userIdx) {
        return "user-%08d".formatted(userIdx);
    }

    static String item(int itemIdx) {
        return "item-%08d".formatted(itemIdx);
    }

    /**
     * Writes it as the champion of an artifact folder.
     *
     * @return what each user has seen
     */
    InteractionMatrix write(Path artifacts) {
        InteractionMatrix seen = seen();
        EmbeddingTable itemTable = itemTable();
        ModelManifest manifest = new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                "synthetic",
                "bpr-mf",
                "off",
                dim,
                users,
                items,
                ModelManifest.DOT,
                ModelManifest.RIDGE,
                new Provenance("none", null, null, SEEDS.seed(), Map.of(), "benchmark", Instant.EPOCH, "benchmark"),
                Map.of(),
                Map.of());
        List<Item> catalog = IntStream.range(0, items)
                .mapToObj(
                        n -> new Item(item(n), "The film no. " + n, List.of("category " + n % 20), "", Map.of(), true))
                .toList();
        new ArtifactWriter(artifacts)
                .write(new Artifact(
                        manifest,
                        IdIndex.of(IntStream.range(0, users)
                                .mapToObj(SyntheticModel::user)
                                .toList()),
                        IdIndex.of(catalog.stream().map(Item::id).toList()),
                        userTable(itemTable, seen),
                        itemTable,
                        new float[items],
                        seen,
                        catalog));
        new Aliases(artifacts).point(Alias.CHAMPION, manifest.version());
        return seen;
    }

    private EmbeddingTable itemTable() {
        SplittableRandom random = SEEDS.random("items");
        float[] values = new float[items * dim];
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) random.nextGaussian();
        }
        return new EmbeddingTable(items, dim, values);
    }

    private EmbeddingTable userTable(EmbeddingTable itemTable, InteractionMatrix seen) {
        float[] values = new float[users * dim]; // (users, dim)
        for (int user = 0; user < users; user++) {
            for (int item : seen.row(user)) {
                for (int d = 0; d < dim; d++) {
                    values[user * dim + d] += itemTable.values()[item * dim + d];
                }
            }
        }
        return new EmbeddingTable(users, dim, values);
    }

    /** {@link #SEEN} different items of each user. */
    private InteractionMatrix seen() {
        SplittableRandom random = SEEDS.random("seen");
        int[] rowStart = new int[users + 1];
        int[] columns = new int[users * SEEN];
        for (int user = 0; user < users; user++) {
            rowStart[user + 1] = SEEN * (user + 1);
            int[] row = random.ints(0, items).distinct().limit(SEEN).toArray();
            System.arraycopy(row, 0, columns, SEEN * user, SEEN);
        }
        return new InteractionMatrix(items, rowStart, columns);
    }
}
