package dev.discern.common.artifact;

import dev.discern.common.artifact.ArtifactException.Reason;
import dev.discern.common.artifact.Safetensors.Tensor;
import dev.discern.common.data.IdIndex;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads model folders and trusts nothing: format, checksums, shapes and ids are checked before a model is handed out. */
public final class ArtifactReader {

    private ArtifactReader() {}

    /**
     * Reads a model folder.
     *
     * @throws ArtifactException naming the file, what was expected and what was found
     */
    public static Artifact read(Path folder) {
        try {
            ModelManifest manifest = manifest(folder);
            verifyChecksums(folder, manifest);
            Map<String, Tensor> tensors = Safetensors.read(folder.resolve(ArtifactFiles.EMBEDDINGS));
            Path embeddings = folder.resolve(ArtifactFiles.EMBEDDINGS);
            return new Artifact(
                    manifest,
                    ids(folder.resolve(ArtifactFiles.USERS)),
                    ids(folder.resolve(ArtifactFiles.ITEMS)),
                    table(embeddings, tensors, "user"),
                    table(embeddings, tensors, "item"),
                    tensor(embeddings, tensors, "item_bias", 1).values(),
                    SeenFile.read(folder.resolve(ArtifactFiles.SEEN)),
                    catalog(folder.resolve(ArtifactFiles.CATALOG)),
                    history(embeddings, tensors, manifest.history()),
                    judged(folder, manifest),
                    trend(embeddings, tensors, manifest.trend()));
        } catch (IOException e) {
            throw new ArtifactException(Reason.MISSING_FILE, folder + ": cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Reason.MALFORMED, folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads what a later training can begin with; empty where the folder has no such file, as those of backbones whose vectors are all
     * that they learn.
     *
     * @throws ArtifactException naming the file, what was expected and what was found
     */
    public static Optional<TrainingState> state(Path folder) {
        try {
            ModelManifest manifest = manifest(folder);
            if (!manifest.hasTrainingState()) {
                return Optional.empty();
            }
            verifyChecksum(folder, manifest, ArtifactFiles.STATE);
            Path file = folder.resolve(ArtifactFiles.STATE);
            Safetensors.Content content = Safetensors.readContent(file);
            Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
            content.tensors().keySet().forEach(name -> tables.put(name, table(file, content.tensors(), name)));
            return Optional.of(new TrainingState(tables, content.metadata()));
        } catch (IOException e) {
            throw new ArtifactException(Reason.MISSING_FILE, folder + ": cannot be read: " + e, e);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException(Reason.MALFORMED, folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads only the manifest of a model folder, without verifying the other files.
     *
     * @throws ArtifactException if it is missing, malformed or of a newer format
     */
    public static ModelManifest manifest(Path folder) {
        Path file = folder.resolve(ArtifactFiles.MANIFEST);
        try {
            byte[] json = Files.readAllBytes(file);
            // The format version is looked at first: a newer manifest may have members that this code does not know.
            int formatVersion =
                    ArtifactFiles.JSON.readTree(json).path("formatVersion").asInt(0);
            if (formatVersion > ModelManifest.FORMAT_VERSION) {
                throw new ArtifactException(
                        Reason.NEWER_FORMAT,
                        "%s: expected format version %d or older, found %d: use a newer Discern"
                                .formatted(file, ModelManifest.FORMAT_VERSION, formatVersion));
            }
            if (formatVersion < 1) {
                throw new ArtifactException(
                        Reason.MALFORMED, "%s: expected a formatVersion, found none".formatted(file));
            }
            return ArtifactFiles.JSON.readValue(json, ModelManifest.class);
        } catch (JacksonException e) {
            throw new ArtifactException(
                    Reason.MALFORMED, "%s: expected a manifest, found %s".formatted(file, e.getOriginalMessage()), e);
        } catch (IOException e) {
            throw new ArtifactException(Reason.MISSING_FILE, "%s: expected a manifest, found none".formatted(file), e);
        }
    }

    private static void verifyChecksums(Path folder, ModelManifest manifest) throws IOException {
        for (String name : ArtifactFiles.HASHED) {
            verifyChecksum(folder, manifest, name);
        }
    }

    private static void verifyChecksum(Path folder, ModelManifest manifest, String name) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException(Reason.MISSING_FILE, file + ": expected this file, found none");
        }
        String expected = manifest.sha256().getOrDefault(name, "none in the manifest");
        String found = ArtifactFiles.sha256(file);
        if (!found.equals(expected)) {
            throw new ArtifactException(
                    Reason.WRONG_CHECKSUM, "%s: expected SHA-256 %s, found %s".formatted(file, expected, found));
        }
    }

    /** Null where the manifest names no such file. */
    private static @Nullable JudgedItems judged(Path folder, ModelManifest manifest) throws IOException {
        if (!manifest.sha256().containsKey(ArtifactFiles.JUDGED)) {
            return null;
        }
        verifyChecksum(folder, manifest, ArtifactFiles.JUDGED);
        return JudgedFile.read(folder.resolve(ArtifactFiles.JUDGED));
    }

    private static IdIndex ids(Path file) throws IOException {
        List<String> lines = lines(file);
        for (int idx = 1; idx < lines.size(); idx++) {
            if (IdIndex.ORDER.compare(lines.get(idx - 1), lines.get(idx)) >= 0) {
                throw new ArtifactException(
                        Reason.MALFORMED,
                        "%s:%d: expected ids in ascending order, each once, found '%s' after '%s'"
                                .formatted(file, idx + 1, lines.get(idx), lines.get(idx - 1)));
            }
        }
        return IdIndex.of(lines);
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new ArtifactException(Reason.MALFORMED, file + ": expected UTF-8, found other bytes", e);
        }
    }

    private static EmbeddingTable table(Path file, Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensor(file, tensors, name, 2);
        return new EmbeddingTable(tensor.shape().get(0), tensor.shape().get(1), tensor.values());
    }

    private static Tensor tensor(Path file, Map<String, Tensor> tensors, String name, int dimensions) {
        Tensor tensor = tensors.get(name);
        if (tensor == null || tensor.shape().size() != dimensions) {
            throw new ArtifactException(
                    Reason.MALFORMED,
                    "%s: expected a tensor '%s' of %d dimensions, found %s"
                            .formatted(file, name, dimensions, tensor == null ? "none" : tensor.shape()));
        }
        return tensor;
    }

    /** The tables of a history: all of them, or none. */
    private static @Nullable HistoryTables history(
            Path file, Map<String, Tensor> tensors, ModelManifest.@Nullable History described) {
        if (described == null) {
            if (tensors.containsKey("context") || tensors.containsKey("recency")) {
                throw new ArtifactException(
                        Reason.MALFORMED,
                        file
                                + ": expected no tensors 'context' and 'recency' where the manifest has no member 'history',"
                                + " found " + tensors.keySet());
            }
            return null;
        }
        Tensor recency = tensor(file, tensors, "recency", 2);
        int depth = recency.shape().get(1);
        if (recency.shape().get(0) != described.parts().size()) {
            throw new ArtifactException(
                    Reason.MALFORMED,
                    "%s: expected a row of 'recency' for each of the history's %d parts, found %s"
                            .formatted(file, described.parts().size(), recency.shape()));
        }
        List<HistoryTables.Part> parts = new ArrayList<>();
        for (ModelManifest.History.Part part : described.parts()) {
            int from = parts.size() * depth;
            parts.add(new HistoryTables.Part(
                    part.length(), part.gain(), Arrays.copyOfRange(recency.values(), from, from + depth)));
        }
        return new HistoryTables(table(file, tensors, "context"), parts);
    }

    /** What users turned to lately: the tensor and what it counts, or neither. */
    private static @Nullable ItemTrend trend(
            Path file, Map<String, Tensor> tensors, ModelManifest.@Nullable Trend described) {
        if (described == null) {
            if (tensors.containsKey("item_trend")) {
                throw new ArtifactException(
                        Reason.MALFORMED,
                        file + ": expected no tensor 'item_trend' where the manifest has no member 'trend', found one");
            }
            return null;
        }
        return new ItemTrend(
                described.day(),
                described.halfLifeDays(),
                tensor(file, tensors, "item_trend", 1).values());
    }

    private static List<Item> catalog(Path file) throws IOException {
        List<Item> catalog = new ArrayList<>();
        for (String line : lines(file)) {
            catalog.add(item(file, catalog.size() + 1, line));
        }
        return catalog;
    }

    private static Item item(Path file, int lineNumber, String line) {
        try {
            CatalogLine read = ArtifactFiles.JSON.readValue(line, CatalogLine.class);
            if (read == null) {
                throw new IllegalArgumentException("null");
            }
            return read.toItem();
        } catch (JacksonException | IllegalArgumentException e) {
            String found = e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
            throw new ArtifactException(
                    Reason.MALFORMED, "%s:%d: expected an item, found %s".formatted(file, lineNumber, found), e);
        }
    }
}
