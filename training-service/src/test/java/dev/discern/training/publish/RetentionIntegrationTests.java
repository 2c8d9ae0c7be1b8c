package dev.discern.training.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.training.testing.TrainingServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** What is retired, and what becomes of it. */
class RetentionIntegrationTests extends TrainingServiceTest {

    @Autowired
    private ModelRegistry registry;

    @Autowired
    private Aliases aliases;

    @Autowired
    private Clock clock;

    @Test
    void deletesFoldersAndKeepsRows() throws Exception {
        List<String> versions = new ArrayList<>();
        for (int seed = 61; seed <= 64; seed++) {
            versions.add(train(seed));
        }
        registry.point(
                Alias.SHADOW, versions.get(0), registry.aliases().get(Alias.SHADOW), new ModelRegistry.Mover("test"));
        Retention strict = new Retention(
                registry, aliases, new RetentionProperties(1, 0), Clock.offset(clock, Duration.ofSeconds(1)));

        Retention.Pruned plan = strict.plan();
        assertThat(plan.dryRun()).isTrue();
        assertThat(plan.retired()).contains(versions.get(1), versions.get(2)).doesNotContain(versions.get(0));
        assertThat(plan.bytes()).isPositive();
        assertThat(folder(versions.get(1))).isDirectory();

        Retention.Pruned pruned = strict.prune();

        assertThat(pruned.retired()).isEqualTo(plan.retired());
        assertThat(pruned.kept()).containsEntry(versions.get(0), "shadow").containsKey(versions.get(3));
        assertThat(folder(versions.get(0))).isDirectory();
        assertThat(folder(versions.get(3))).isDirectory();
        assertThat(folder(versions.get(1))).doesNotExist();
        JsonNode retired = client().get("/v1/admin/models/" + versions.get(1)).body();
        assertThat(retired.at("/state").asString()).isEqualTo("retired");
        assertThat(retired.at("/dataHash").asString()).hasSize(64);
        assertThat(client().put("/v1/admin/aliases/shadow", "{\"version\":\"%s\"}".formatted(versions.get(1)))
                        .body()
                        .at("/errors/0/message")
                        .asString())
                .startsWith("version %s was retired at ".formatted(versions.get(1)));
        assertThatThrownBy(() -> registry.require(versions.get(1))).isInstanceOf(UnknownVersionException.class);

        // What a killed process left is deleted the next time.
        Files.createDirectories(folder(versions.get(2)));
        Files.writeString(folder(versions.get(2)).resolve("manifest.json"), "{}");
        assertThat(strict.prune().retired()).isEmpty();
        assertThat(folder(versions.get(2))).doesNotExist();
        try (var left = Files.list(artifacts.resolve("models"))) {
            assertThat(left.map(path -> path.getFileName().toString())).noneMatch(name -> name.endsWith(".retired"));
        }
    }

    @Test
    void theAddressSaysWhatItWouldDo() {
        String version = train(65);

        JsonNode plan = client().post("/v1/admin/models:prune?dryRun=true", "").body();
        assertThat(plan.at("/dryRun").asBoolean()).isTrue();
        assertThat(plan.at("/kept").propertyNames()).contains(version);
        assertThat(client().post("/v1/admin/models:prune", "")
                        .body()
                        .at("/dryRun")
                        .asBoolean())
                .isFalse();
    }

    private Path folder(String version) {
        return artifacts.resolve("models").resolve(version);
    }

    private String train(int seed) {
        return client().completed(client().start(
                                "/v1/admin/training-jobs",
                                "{\"backbone\":\"bpr-mf\",\"seed\":%d,\"parameters\":{\"dim\":8,\"maxEpochs\":2,\"patience\":2}}"
                                        .formatted(seed)))
                .at("/version")
                .asString();
    }
}
