package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLoaderTests {

    @TempDir
    private Path root;

    private ModelLoader loader;
    private Path folder;

    @BeforeEach
    void publish() {
        loader = new ModelLoader(root, new SearchProperties(1, 0), Clock.systemUTC());
        folder = new ArtifactWriter(root).write(TestModels.random("v1", 1));
    }

    @Test
    void loadsWhatWasPublished() {
        ServingModel model = loader.load("v1");
        assertThat(model.version()).isEqualTo("v1");
        assertThat(model.items()).isEqualTo(60);
        assertThat(model.catalog(new LiveData())
                        .item(model.itemIdx(TestModels.ODD_ID))
                        .title())
                .isEqualTo("Title 59 of v1");
        assertThat(model.userIdx("nobody")).isEqualTo(-1);
    }

    @Test
    void loadsAModelThatFoldsInByHistory() {
        Artifact artifact = TestModels.randomHistory("v2", 1);
        new ArtifactWriter(root).write(artifact);
        ServingModel model = loader.load("v2");
        assertThat(model.foldIn(new int[] {1, 2}))
                .isEqualTo(ServingModels.of(artifact).foldIn(new int[] {1, 2}))
                .isNotEqualTo(loader.load("v1").foldIn(new int[] {1, 2}));
    }

    @ParameterizedTest
    @CsvSource({
        "similarity, dot, cosine, '\"dot\"'",
        "foldIn, ridge, encoder, '\"ridge\" or \"history\"'",
        "version, v1, v2, '\"v1\"'"
    })
    void whatItCannotAskIsRefused(String member, String written, String found, String expected) throws IOException {
        changeManifest("\"%s\" : \"%s\"".formatted(member, written), "\"%s\" : \"%s\"".formatted(member, found));
        assertThatExceptionOfType(UnsupportedModelException.class)
                .isThrownBy(() -> loader.load("v1"))
                .withMessage("%s: manifest.json has %s \"%s\", expected %s", folder, member, found, expected);
    }

    @Test
    void aNewerFormatIsRefused() throws IOException {
        changeManifest("\"formatVersion\" : 1", "\"formatVersion\" : 2");
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> loader.load("v1"))
                .withMessageContaining("use a newer Discern")
                .withMessageStartingWith(folder.resolve("manifest.json") + ": ");
    }

    @Test
    void whatIsNotThereIsRefused() {
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> loader.load("v2"))
                .withMessageStartingWith(root.resolve("models/v2/manifest.json") + ": ");
    }

    private void changeManifest(String from, String to) throws IOException {
        Path file = folder.resolve("manifest.json");
        String manifest = Files.readString(file);
        assertThat(manifest).contains(from);
        Files.writeString(file, manifest.replace(from, to));
    }
}
