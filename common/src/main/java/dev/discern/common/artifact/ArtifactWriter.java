package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import dev.discern.common.artifact.Safetensors.Tensor;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes model folders: under a temporary name, synced, read back and verified, then renamed. There is never half a model. */
public final class ArtifactWriter {

    private final Path models;

    /** A writer into {@code root/models}. */
    public ArtifactWriter(Path root) {
        this.models = root.resolve("models");
    }

    /**
     * Writes a model under its manifest's version.
     *
     * @return the model's folder
     * @throws ArtifactException if the version exists already or the disk refuses
     */
    public Path write(Artifact artifact) {
        return write(artifact, null);
    }

    /**
     * Writes a model under its manifest's version.
     *
     * @param state what a later training can begin with; null for none beside the model's vectors
     * @return the model's folder
     * @throws ArtifactException if the version exists already or the disk refuses
     */
    public Path write(Artifact artifact, @Nullable TrainingState state) {
        String version = ArtifactFiles.requireVersionName(artifact.manifest().version());
        Path target = models.resolve(version);
        Path unfinished = models.resolve("." + version + ".tmp");
        try {
            if (Files.exists(target)) {
                throw new ArtifactException(Reason.EXISTS, target + ": a model of this version exists already");
            }
            deleteFolder(unfinished); // left by a writer that was killed
            Files.createDirectories(unfinished);
            writeFiles(unfinished, artifact, state);
            ArtifactReader.read(unfinished);
            ArtifactReader.state(unfinished);
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
            ArtifactFiles.sync(models);
            return target;
        } catch (IOException e) {
            throw new ArtifactException(Reason.IO, target + ": could not be written: " + e.getMessage(), e);
        }
    }

    private static void writeFiles(Path folder, Artifact artifact, @Nullable TrainingState state) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("user", tensor(artifact.users()));
        tensors.put("item", tensor(artifact.items()));
        tensors.put("item_bias", new Tensor(List.of(artifact.itemBias().length), artifact.itemBias()));
        HistoryTables history = artifact.history();
        if (history != null) {
            tensors.put("context", tensor(history.context()));
            tensors.put("recency", recency(history));
        }
        ItemTrend trend = artifact.trend();
        if (trend != null) {
            tensors.put("item_trend", new Tensor(List.of(trend.weights().length), trend.weights()));
        }
        Safetensors.write(folder.resolve(ArtifactFiles.EMBEDDINGS), tensors);
        writeIds(folder.resolve(ArtifactFiles.USERS), artifact.userIds());
        writeIds(folder.resolve(ArtifactFiles.ITEMS), artifact.itemIds());
        SeenFile.write(folder.resolve(ArtifactFiles.SEEN), artifact.seen());
        writeCatalog(folder.resolve(ArtifactFiles.CATALOG), artifact.catalog());
        List<String> files = new ArrayList<>(ArtifactFiles.HASHED);
        if (artifact.judged() != null) {
            JudgedFile.write(folder.resolve(ArtifactFiles.JUDGED), artifact.judged());
            files.add(ArtifactFiles.JUDGED);
        }
        if (state != null) {
            Map<String, Tensor> learned = new LinkedHashMap<>();
            state.tables().forEach((name, table) -> learned.put(name, tensor(table)));
            Safetensors.write(folder.resolve(ArtifactFiles.STATE), learned, state.notes());
            files.add(ArtifactFiles.STATE);
        }
        Map<String, String> hashes = new TreeMap<>();
        for (String file : files) {
            ArtifactFiles.sync(folder.resolve(file));
            hashes.put(file, ArtifactFiles.sha256(folder.resolve(file)));
        }
        Path manifest = folder.resolve(ArtifactFiles.MANIFEST);
        ModelManifest complete =
                artifact.manifest().with(ModelManifest.History.of(history), ModelManifest.Trend.of(trend), hashes);
        Files.write(
                manifest, ArtifactFiles.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(complete));
        ArtifactFiles.sync(manifest);
        ArtifactFiles.sync(folder);
    }

    private static Tensor tensor(EmbeddingTable table) {
        return new Tensor(List.of(table.rows(), table.dim()), table.values());
    }

    /** (parts, K). */
    private static Tensor recency(HistoryTables history) {
        int depth = history.depth();
        float[] values = new float[history.parts().size() * depth];
        for (int part = 0; part < history.parts().size(); part++) {
            System.arraycopy(history.parts().get(part).recency(), 0, values, part * depth, depth);
        }
        return new Tensor(List.of(history.parts().size(), depth), values);
    }

    private static void writeIds(Path file, IdIndex ids) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int idx = 0; idx < ids.size(); idx++) {
                String id = ids.id(idx);
                if (id.indexOf('\n') >= 0 || id.indexOf('\r') >= 0) {
                    throw new IllegalArgumentException("an id with a line break cannot be written: " + id);
                }
                writer.write(id);
                writer.write('\n');
            }
        }
    }

    private static void writeCatalog(Path file, List<Item> catalog) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (Item item : catalog) {
                writer.write(ArtifactFiles.JSON.writeValueAsString(CatalogLine.of(item)));
                writer.write('\n');
            }
        }
    }

    private static void deleteFolder(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
