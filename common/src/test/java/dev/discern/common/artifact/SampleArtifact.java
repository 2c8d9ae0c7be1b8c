package dev.discern.common.artifact;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import dev.discern.common.random.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A small model with ids, titles and categories that break careless code, and hands that damage its folder. */
final class SampleArtifact {

    static final List<String> USERS = List.of("a/b c%2F;ü", "u1", "u2", "😀");
    static final List<String> ITEMS = List.of(" spaced ", "i\"2", "i,1", "ø", "𝒳");
    static final int DIM = 3;

    private SampleArtifact() {}

    /** A model of this version; the same seed makes the same values. */
    static Artifact of(String version, long seed) {
        SplittableRandom random = new Seeds(seed).random("artifact");
        return new Artifact(
                manifest(version, ModelManifest.RIDGE),
                IdIndex.of(USERS),
                IdIndex.of(ITEMS),
                new EmbeddingTable(USERS.size(), DIM, values(USERS.size() * DIM, random)),
                new EmbeddingTable(ITEMS.size(), DIM, values(ITEMS.size() * DIM, random)),
                values(ITEMS.size(), random),
                new InteractionMatrix(ITEMS.size(), new int[] {0, 2, 2, 5, 6}, new int[] {4, 0, 3, 1, 2, 0}),
                ITEMS.stream().map(SampleArtifact::item).toList());
    }

    /** The same, folding in by history. */
    static Artifact history(String version, long seed) {
        Artifact ridge = of(version, seed);
        SplittableRandom random = new Seeds(seed).random("history");
        return with(
                ridge,
                manifest(version, ModelManifest.HISTORY),
                new HistoryTables(
                        new EmbeddingTable(ITEMS.size(), DIM, values(ITEMS.size() * DIM, random)),
                        List.of(
                                new HistoryTables.Part(2, 1, values(4, random)),
                                new HistoryTables.Part(1, 0.3f, values(4, random)))));
    }

    /** A model's vectors, ids and items with another manifest and history. */
    static Artifact with(Artifact model, ModelManifest manifest, @Nullable HistoryTables history) {
        return new Artifact(
                manifest,
                model.userIds(),
                model.itemIds(),
                model.users(),
                model.items(),
                model.itemBias(),
                model.seen(),
                model.catalog(),
                history);
    }

    /** The same and what users turned to lately. */
    static Artifact with(Artifact model, ItemTrend trend) {
        return with(model, null, trend);
    }

    /** A model of this version that tells what a judge taught. */
    static Artifact judged(String version, long seed, JudgedItems judged) {
        return with(of(version, seed), judged, null);
    }

    private static Artifact with(Artifact model, @Nullable JudgedItems judged, @Nullable ItemTrend trend) {
        return new Artifact(
                model.manifest(),
                model.userIds(),
                model.itemIds(),
                model.users(),
                model.items(),
                model.itemBias(),
                model.seen(),
                model.catalog(),
                model.history(),
                judged,
                trend);
    }

    static ModelManifest manifest(String version, String foldIn) {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                version,
                "bpr-mf",
                "gated",
                DIM,
                USERS.size(),
                ITEMS.size(),
                ModelManifest.DOT,
                foldIn,
                new Provenance("d".repeat(64), 7L, null, 42, Map.of("rate", "0.05"), "1.0", Instant.EPOCH, "host"),
                Map.of("validation.ndcg@10", 0.125),
                Map.of());
    }

    private static Item item(String id) {
        List<String> categories = id.startsWith("i") ? List.of("a, b", "ü") : List.of();
        return new Item(
                id,
                id.equals("ø") ? "" : "Title\n\"" + id,
                categories,
                "",
                Map.of(),
                !id.equals("i,1"),
                id.equals("ø") ? Instant.parse("2030-01-31T09:30:00.123456Z") : null);
    }

    private static float[] values(int length, SplittableRandom random) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Replaces a file's bytes, and makes the manifest agree with them. */
    static void replace(Path folder, String name, UnaryOperator<byte[]> change) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, change.apply(Files.readAllBytes(file)));
        changeManifest(folder, manifest -> ((ObjectNode) manifest.get("sha256")).put(name, sha256(file)));
    }

    /** Changes the manifest alone. */
    static void changeManifest(Path folder, Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve(ArtifactFiles.MANIFEST);
        ObjectNode manifest = (ObjectNode) ArtifactFiles.JSON.readTree(Files.readAllBytes(file));
        change.accept(manifest);
        Files.write(file, ArtifactFiles.JSON.writeValueAsBytes(manifest));
    }

    private static String sha256(Path file) {
        try {
            return ArtifactFiles.sha256(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
