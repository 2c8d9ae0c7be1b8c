package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The file beside a model that serving does not read. */
class TrainingStateTests {

    private static final String FILE = "training-state.safetensors";
    private static final TrainingState STATE = new TrainingState(
            Map.of(
                    "item",
                    new EmbeddingTable(2, 3, new float[] {1, -2, 3.5f, 0, 1e-30f, 7}),
                    "gain",
                    new EmbeddingTable(1, 1, new float[] {0.25f})),
            Map.of("encoder", "ä \"quoted\" one", "dim", "3"));

    @TempDir
    private Path root;

    private ArtifactWriter writer;

    @BeforeEach
    void writer() {
        writer = new ArtifactWriter(root);
    }

    @Test
    void isReadAsItWasWritten() {
        Path folder = writer.write(SampleArtifact.history("v1", 1), STATE);

        TrainingState read = ArtifactReader.state(folder).orElseThrow();

        assertThat(read).usingRecursiveComparison().isEqualTo(STATE);
        assertThat(ArtifactReader.manifest(folder).hasTrainingState()).isTrue();
    }

    @Test
    void theModelIsTheSameWithItAndWithout() {
        Path with = writer.write(SampleArtifact.history("v1", 1), STATE);
        Path without = writer.write(SampleArtifact.history("v2", 1));

        assertThat(ArtifactReader.state(without)).isEmpty();
        assertThat(without.resolve(FILE)).doesNotExist();
        assertThat(ArtifactReader.manifest(with).sha256())
                .containsAllEntriesOf(ArtifactReader.manifest(without).sha256())
                .containsKey(FILE);
        assertThat(ArtifactReader.read(with).items().values())
                .isEqualTo(ArtifactReader.read(without).items().values());
    }

    @Test
    void isNotNeededByWhoReadsTheModelAndIsNeverHalfBelieved() throws IOException {
        Path folder = writer.write(SampleArtifact.history("v1", 1), STATE);
        byte[] bytes = Files.readAllBytes(folder.resolve(FILE));
        bytes[bytes.length - 1] ^= 1;
        Files.write(folder.resolve(FILE), bytes);

        assertThat(ArtifactReader.read(folder).items().rows()).isEqualTo(SampleArtifact.ITEMS.size());
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> ArtifactReader.state(folder))
                .withMessageContaining(FILE + ": expected SHA-256")
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.WRONG_CHECKSUM);

        Files.delete(folder.resolve(FILE));
        assertThat(ArtifactReader.read(folder).items().rows()).isEqualTo(SampleArtifact.ITEMS.size());
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> ArtifactReader.state(folder))
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.MISSING_FILE);
    }

    @Test
    void metadataAreStrings() throws IOException {
        Path folder = writer.write(SampleArtifact.history("v1", 1), STATE);
        SampleArtifact.replace(
                folder,
                FILE,
                bytes -> new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                        .replace("\"dim\":\"3\"", "\"dim\":  3")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> ArtifactReader.state(folder))
                .withMessageContaining("expected metadata of strings, found 3");
    }

    /** A folder written before there was a state, and before there was lineage. */
    @Test
    void anOlderFolderIsReadAsBefore() throws IOException {
        Path folder = writer.write(SampleArtifact.history("v1", 1));
        SampleArtifact.changeManifest(folder, manifest -> {
            ObjectNode provenance = (ObjectNode) manifest.get("provenance");
            provenance.remove("warmStart");
            provenance.remove("embeddedFrom");
        });

        assertThat(ArtifactReader.read(folder).manifest().provenance().warmStart())
                .isNull();
        assertThat(ArtifactReader.state(folder)).isEmpty();
    }
}
