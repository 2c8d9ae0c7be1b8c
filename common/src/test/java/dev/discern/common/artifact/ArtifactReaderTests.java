package dev.discern.common.artifact;

import static dev.discern.common.artifact.SampleArtifact.changeManifest;
import static dev.discern.common.artifact.SampleArtifact.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.discern.common.artifact.ArtifactException.Reason;
import dev.discern.common.data.ItemTrend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of damage is refused, and the message names the file. */
class ArtifactReaderTests {

    private Path folder;

    @BeforeEach
    void write(@TempDir Path root) {
        folder = new ArtifactWriter(root).write(SampleArtifact.of("v1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"embeddings.safetensors", "users.ids", "items.ids", "seen.bin", "items.jsonl"})
    void aFileThatIsNotWhatWasWritten(String name) throws IOException {
        Path file = folder.resolve(name);
        byte[] bytes = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertRefused(Reason.WRONG_CHECKSUM, name, "expected SHA-256");

        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertRefused(Reason.WRONG_CHECKSUM, name, "expected SHA-256");

        Files.delete(file);
        assertRefused(Reason.MISSING_FILE, name, "expected this file, found none");
    }

    @Test
    void noManifest() throws IOException {
        Files.delete(folder.resolve("manifest.json"));
        assertRefused(Reason.MISSING_FILE, "manifest.json", "expected a manifest, found none");
    }

    @Test
    void noFolder() {
        folder = folder.resolveSibling("v2");
        assertRefused(Reason.MISSING_FILE, "manifest.json", "expected a manifest, found none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"formatVersion\":\"one\"}", "{\"formatVersion\":-1}"})
    void aManifestThatIsNone(String content) throws IOException {
        Files.writeString(folder.resolve("manifest.json"), content);
        assertRefused(Reason.MALFORMED, "manifest.json", "expected a");
    }

    @Test
    void aNewerFormatWhateverItsMembersAre() throws IOException {
        Files.writeString(folder.resolve("manifest.json"), "{\"formatVersion\":2,\"dim\":{\"user\":3},\"new\":[]}");
        assertRefused(Reason.NEWER_FORMAT, "manifest.json", "expected format version 1 or older, found 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version", "backbone", "regularizer", "similarity", "foldIn", "provenance", "metrics", "sha256"})
    void aManifestWithoutAMember(String member) throws IOException {
        changeManifest(folder, manifest -> manifest.remove(member));
        assertRefused(Reason.MALFORMED, "manifest.json", "a manifest needs a member '" + member + "'");
    }

    @ParameterizedTest
    @CsvSource({"users, users in the manifest", "items, items in the manifest", "dim, dimensions of users"})
    void countsThatDoNotAgree(String member, String named) throws IOException {
        changeManifest(
                folder, manifest -> manifest.put(member, manifest.get(member).asInt() + 1));
        assertRefused(Reason.MALFORMED, "", named + ": expected");
    }

    @Test
    void aFileThatTheManifestDoesNotKnow() throws IOException {
        changeManifest(folder, manifest -> manifest.withObject("sha256").remove("seen.bin"));
        assertRefused(Reason.WRONG_CHECKSUM, "seen.bin", "expected SHA-256 none in the manifest");
    }

    @ParameterizedTest
    @CsvSource({
        "users.ids, 'u1\nu2', 'users in the embedding table: expected 2, found 4'",
        "users.ids, 'u2\nu1\nu3\nu4', 'users.ids:2: expected ids in ascending order, each once, found ''u1'' after ''u2'''",
        "items.ids, 'a\na\nb\nc\nd', 'items.ids:2: expected ids in ascending order, each once, found ''a'' after ''a'''",
        "items.ids, 'a\nb\nc\nd\ne', 'the catalog''s item 0 is  spaced , not a'",
        "items.jsonl, '{', 'items.jsonl:1: expected an item, found'",
        "items.jsonl, 'null', 'items.jsonl:1: expected an item, found null'",
        "items.jsonl, '{\"itemId\":\"a\",\"categories\":[],\"available\":true}', 'items.jsonl:1: expected an item, found'",
        "items.jsonl, '{\"itemId\":\"a\",\"title\":\"\",\"categories\":[]}', 'items.jsonl:1: expected an item, found'",
        "items.jsonl, '{\"itemId\":\"a\",\"title\":\"\",\"categories\":[null],\"available\":true}', 'items.jsonl:1: expected an item, found'",
        "items.jsonl, '{\"itemId\":\"\",\"title\":\"\",\"categories\":[],\"available\":true}', 'items.jsonl:1: expected an item, found an item needs an id'",
        "seen.bin, 'no matrix at all, but long', 'seen.bin: expected a file that begins with DSEN'",
        "embeddings.safetensors, 'short', 'embeddings.safetensors: expected at least 8 bytes, found 5 bytes'"
    })
    void contentThatIsNotUnderstoodThoughItsChecksumIsRight(String name, String content, String message)
            throws IOException {
        replace(folder, name, _ -> content.getBytes(StandardCharsets.UTF_8));
        assertRefused(Reason.MALFORMED, "", message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"users.ids", "items.ids", "items.jsonl"})
    void textThatIsNotUtf8(String name) throws IOException {
        replace(folder, name, _ -> new byte[] {'a', (byte) 0xff, '\n'});
        assertRefused(Reason.MALFORMED, name, "expected UTF-8");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "history | null | expected no tensors 'context' and 'recency' where the manifest has no member 'history'",
                "history | {} | a manifest needs a member 'history.parts'",
                "history | {\"parts\":[null]} | a manifest needs a member 'history.parts without null'",
                "history | {\"parts\":[]} | expected a row of 'recency' for each of the history's 0 parts, found [2, 4]",
                "history | {\"parts\":[{\"length\":3,\"gain\":1}]} | for each of the history's 1 parts, found [2, 4]",
                "history | {\"parts\":[{\"length\":2,\"gain\":1},{\"length\":2,\"gain\":1}]} | expected a sum of 3, found 4",
                "history | {\"parts\":[{\"length\":3,\"gain\":1},{\"length\":0,\"gain\":1}]} | a length of at least 1",
                "history | {\"parts\":[{\"length\":2,\"gain\":1},{\"gain\":1}]} | type `int`",
                "history | {\"parts\":[{\"length\":2,\"gain\":1},{\"length\":1}]} | type `float`",
                "history | {\"parts\":[{\"length\":2,\"gain\":1},{\"length\":1,\"gain\":\"NaN\"}]} | a finite gain",
                "foldIn | \"ridge\" | a model that folds in by ridge: expected no history's tables, found some",
                "foldIn | \"other\" | a model that folds in by other: expected no history's tables, found some"
            })
    void aHistoryThatItsManifestDoesNotDescribe(String member, String json, String message) throws IOException {
        writeHistory(SampleArtifact.history("v2", 1));
        changeManifest(folder, manifest -> manifest.set(member, ArtifactFiles.JSON.readTree(json)));
        assertRefused(Reason.MALFORMED, "", message);
    }

    @Test
    void aHistoryWithoutItsTables() throws IOException {
        changeManifest(folder, manifest -> manifest.put("foldIn", "history"));
        assertRefused(Reason.MALFORMED, "", "folds in by history: expected a history's tables, found none");

        changeManifest(
                folder,
                manifest -> manifest.set(
                        "history", ArtifactFiles.JSON.readTree("{\"parts\":[{\"length\":3,\"gain\":1}]}")));
        assertRefused(
                Reason.MALFORMED, "embeddings.safetensors", "expected a tensor 'recency' of 2 dimensions, found none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "context | 4 | 3 | items in the context table: expected 5, found 4",
                "context | 5 | 4 | the lengths of the history's parts: expected a sum of 4, found 3",
                "recency | 3 | 4 | for each of the history's 2 parts, found [3, 4]",
                "recency | 2 | 0 | finite gain and recencies, got 2, 1.0 and 0 of them"
            })
    void aHistoryOfAnotherShape(String tensor, int rows, int columns, String message) throws IOException {
        writeHistory(SampleArtifact.history("v2", 1));
        replaceTensor(tensor, new Safetensors.Tensor(List.of(rows, columns), new float[rows * columns]));
        assertRefused(Reason.MALFORMED, "", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | expected no tensor 'item_trend' where the manifest has no member 'trend', found one",
                "{\"halfLifeDays\":30} | a manifest needs a member 'trend.day'",
                "{\"day\":\"yesterday\",\"halfLifeDays\":30} | expected a manifest, found",
                "{\"day\":\"2026-01-31\"} | type `double`",
                "{\"day\":\"2026-01-31\",\"halfLifeDays\":0} | a half-life above 0 days, got 0.0"
            })
    void aTrendThatItsManifestDoesNotDescribe(String json, String message) throws IOException {
        writeTrend(new float[5]);
        changeManifest(folder, manifest -> manifest.set("trend", ArtifactFiles.JSON.readTree(json)));
        assertRefused(Reason.MALFORMED, "", message);
    }

    @Test
    void aTrendWithoutItsTensorOrOfAnotherShape() throws IOException {
        changeManifest(
                folder,
                manifest -> manifest.set(
                        "trend", ArtifactFiles.JSON.readTree("{\"day\":\"2026-01-31\",\"halfLifeDays\":30}")));
        assertRefused(
                Reason.MALFORMED,
                "embeddings.safetensors",
                "expected a tensor 'item_trend' of 1 dimensions, found none");

        writeTrend(new float[5]);
        replaceTensor("item_trend", new Safetensors.Tensor(List.of(4), new float[4]));
        assertRefused(Reason.MALFORMED, "", "items in the trend: expected 5, found 4");
        replaceTensor("item_trend", new Safetensors.Tensor(List.of(5), new float[] {0, 1, -1, 0, 0}));
        assertRefused(Reason.MALFORMED, "", "a trend has weights from 0, not -1.0");
    }

    private void writeTrend(float[] weights) {
        writeHistory(
                SampleArtifact.with(SampleArtifact.of("v3", 1), new ItemTrend(LocalDate.of(2026, 1, 31), 30, weights)));
    }

    private void replaceTensor(String name, Safetensors.Tensor tensor) throws IOException {
        Path file = folder.resolve("embeddings.safetensors");
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>(Safetensors.read(file));
        tensors.put(name, tensor);
        Files.delete(file);
        Safetensors.write(file, tensors);
        replace(folder, "embeddings.safetensors", bytes -> bytes);
    }

    private void writeHistory(Artifact model) {
        folder = new ArtifactWriter(folder.getParent().getParent()).write(model);
    }

    private void assertRefused(Reason reason, String file, String message) {
        ArtifactException refusal = catchThrowableOfType(ArtifactException.class, () -> ArtifactReader.read(folder));
        assertThat(refusal)
                .as("damage is refused")
                .hasMessageContaining(folder.resolve(file).toString())
                .hasMessageContaining(message);
        assertThat(refusal.reason()).isEqualTo(reason);
    }
}
