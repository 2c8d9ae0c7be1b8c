package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.data.IdIndex;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemTrend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactWriterTests {

    @TempDir
    private Path root;

    private ArtifactWriter writer;

    @BeforeEach
    void writer() {
        writer = new ArtifactWriter(root);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Artifact written = SampleArtifact.of("v1", 1);

        Path folder = writer.write(written);
        Artifact read = ArtifactReader.read(folder);

        assertThat(folder).isEqualTo(root.resolve("models/v1"));
        assertThat(read.manifest().with(null, null, Map.of())).isEqualTo(written.manifest());
        assertThat(read.userIds().ids()).isEqualTo(SampleArtifact.USERS);
        assertThat(read.itemIds().ids()).isEqualTo(SampleArtifact.ITEMS);
        assertThat(read.users().values()).isEqualTo(written.users().values());
        assertThat(read.items().values()).isEqualTo(written.items().values());
        assertThat(read.itemBias()).isEqualTo(written.itemBias());
        assertThat(read.seen().rowStart()).isEqualTo(written.seen().rowStart());
        assertThat(read.seen().columns()).isEqualTo(written.seen().columns());
        assertThat(read.catalog()).isEqualTo(written.catalog());
        assertThat(read.history()).isNull();
        assertThat(read.trend()).isNull();
    }

    @Test
    void whatUsersTurnedToLatelyIsReadAgain() {
        ItemTrend trend = new ItemTrend(LocalDate.of(2026, 1, 31), 30.5, new float[] {0, 1, 0.25f, 12.5f, 0});

        Artifact read = ArtifactReader.read(writer.write(SampleArtifact.with(SampleArtifact.history("v1", 1), trend)));

        assertThat(read.manifest().trend()).isEqualTo(new ModelManifest.Trend(trend.day(), 30.5));
        assertThat(read.trend()).usingRecursiveComparison().isEqualTo(trend).isNotNull();
    }

    @Test
    void theTablesOfAHistoryAreReadAgain() {
        Artifact written = SampleArtifact.history("v1", 1);

        Artifact read = ArtifactReader.read(writer.write(written));

        assertThat(read.manifest().with(null, null, Map.of())).isEqualTo(written.manifest());
        assertThat(read.users().values()).isEqualTo(written.users().values());
        assertThat(read.history())
                .usingRecursiveComparison()
                .isEqualTo(written.history())
                .isNotNull();
    }

    @Test
    void equalModelsHaveEqualHashes() {
        Path first = writer.write(SampleArtifact.history("v1", 1));
        Path second = writer.write(SampleArtifact.history("v2", 1));
        assertThat(ArtifactReader.manifest(second).sha256())
                .isEqualTo(ArtifactReader.manifest(first).sha256());
    }

    @Test
    void theManifestHoldsTheHashOfEveryOtherFile() throws IOException {
        Path folder = writer.write(SampleArtifact.of("v1", 1));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("manifest.json")))
                    .containsExactlyInAnyOrderElementsOf(
                            ArtifactReader.manifest(folder).sha256().keySet());
        }
    }

    @Test
    void aModelIsNeverReplaced() {
        Path folder = writer.write(SampleArtifact.of("v1", 1));
        float[] before = ArtifactReader.read(folder).items().values();

        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> writer.write(SampleArtifact.of("v1", 2)))
                .withMessage(folder + ": a model of this version exists already")
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.EXISTS);
        assertThat(ArtifactReader.read(folder).items().values()).isEqualTo(before);
    }

    @Test
    void aWriterThatDiesMidwayLeavesNoModelAndHindersNobody() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> writer.write(diesAtItsItems("v1")));

        Path unfinished = root.resolve("models/.v1.tmp");
        assertThat(unfinished).isDirectoryContaining("glob:**/embeddings.safetensors"); // it really was midway
        assertThat(root.resolve("models/v1")).doesNotExist();
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> new Aliases(root).point(Alias.CHAMPION, ".v1.tmp"));
        assertThatExceptionOfType(ArtifactException.class).isThrownBy(() -> ArtifactReader.read(unfinished));

        Files.createDirectories(unfinished.resolve("deeper"));
        Files.writeString(unfinished.resolve("deeper/rubbish"), "x");
        Path folder = writer.write(SampleArtifact.of("v1", 1));
        assertThat(ArtifactReader.read(folder).items().rows()).isEqualTo(SampleArtifact.ITEMS.size());
        assertThat(folder).isDirectoryNotContaining("glob:**/deeper");
        assertThat(unfinished).doesNotExist();
    }

    /** An id of two lines cannot be written, which comes out when the embeddings have been. */
    private static Artifact diesAtItsItems(String version) {
        Artifact sound = SampleArtifact.of(version, 1);
        List<String> ids = Stream.concat(SampleArtifact.ITEMS.stream().limit(4), Stream.of("𝒳\ntwo lines"))
                .toList();
        return new Artifact(
                sound.manifest(),
                sound.userIds(),
                IdIndex.of(ids),
                sound.users(),
                sound.items(),
                sound.itemBias(),
                sound.seen(),
                ids.stream()
                        .map(id -> new Item(id, "", List.of(), "", Map.of(), true))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "", ".hidden", "a/b", "a\\b", "/etc", "two words", "a\n"})
    void aVersionIsAPlainName(String version) {
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> writer.write(SampleArtifact.of(version, 1)))
                .withMessageContaining("not '" + version + "'")
                .extracting(ArtifactException::reason)
                .isEqualTo(ArtifactException.Reason.BAD_NAME);
        assertThat(root).isEmptyDirectory();
    }
}
