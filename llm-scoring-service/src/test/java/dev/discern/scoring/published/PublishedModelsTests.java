package dev.discern.scoring.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.data.IdIndex;
import dev.discern.scoring.testing.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishedModelsTests {

    @TempDir
    Path folder;

    @Test
    void aFolderWithoutModelsHasNoChampion() {
        assertThat(models().champion()).isEmpty();
        assertThat(new PublishedModels(folder.resolve("not-there")).champion()).isEmpty();
        assertThatThrownBy(() -> models().version("champion"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("there is no champion: train a model and promote it");
        assertThatThrownBy(() -> models().version("v1"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("expected a published model in %s, found none", folder.resolve("models/v1"));
    }

    @Test
    void aNameIsAnAliasOrAVersion() {
        publish("v1");
        publish("v2");
        new Aliases(folder).point(Alias.CHAMPION, "v1");
        new Aliases(folder).point(Alias.CHALLENGER, "v2");

        assertThat(models().champion()).hasValue("v1");
        assertThat(models().version("champion")).isEqualTo("v1");
        assertThat(models().version("challenger")).isEqualTo("v2");
        assertThat(models().version("v2")).isEqualTo("v2");
        assertThat(models().read("v2").version()).isEqualTo("v2");
    }

    @Test
    void aNameThatLeadsOutOfTheFolderIsRefused() {
        assertThatThrownBy(() -> models().version("../v1"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageContaining("'../v1'");
    }

    @Test
    void aDamagedModelIsRefusedWithTheReason() throws IOException {
        publish("v1");
        Path users = folder.resolve("models/v1/users.ids");
        Files.writeString(users, "mallory\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> models().read("v1"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageStartingWith(users + ": expected SHA-256 ");
    }

    @Test
    void aModelUnderAnothersNameIsRefused() throws IOException {
        publish("v1");
        Files.move(folder.resolve("models/v1"), folder.resolve("models/v2"));

        assertThatThrownBy(() -> models().read("v2"))
                .isInstanceOf(UnusableModelException.class)
                .hasMessageEndingWith("manifest.json has version \"v1\", expected \"v2\"");
    }

    private PublishedModels models() {
        return new PublishedModels(folder);
    }

    private void publish(String version) {
        IdIndex ids = IdIndex.of(List.of("a", "b", "c"));
        new ArtifactWriter(folder).write(Models.random(version, ids, ids, 4, new SplittableRandom(1)));
    }
}
