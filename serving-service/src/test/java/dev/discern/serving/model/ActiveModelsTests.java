package dev.discern.serving.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.serving.live.LiveData;
import dev.discern.serving.live.LiveFeed;
import dev.discern.serving.testing.SettableClock;
import dev.discern.serving.testing.TestModels;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ActiveModelsTests {

    private static final Duration RETRY = Duration.ofSeconds(5);

    @TempDir
    private Path root;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Aliases aliases;
    private ActiveModels models;

    @BeforeEach
    void models() {
        aliases = new Aliases(root);
        models = new ActiveModels(
                new ModelLoader(root, new SearchProperties(1, 0), clock), new LiveFeed(null, clock), clock, meters);
    }

    @Test
    void withoutAnAliasThereIsNoModelAndNothingIsWrong() {
        models.refresh();
        assertThat(models.champion()).isEmpty();
        assertThat(models.failures()).isEmpty();
        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health().getDetails()).isEqualTo(Map.of("reason", "no model has been loaded yet"));
    }

    @Test
    void theAliasNamesWhoAnswers() {
        publish("v1");
        publish("v2");
        aliases.point(Alias.CHALLENGER, "v2");
        promote("v1");
        ServingModel first = models.champion().orElseThrow();
        models.refresh();
        assertThat(models.champion()).containsSame(first); // not loaded again
        promote("v2");

        assertThat(models.champion().orElseThrow().version()).isEqualTo("v2");
        assertThat(first.version()).as("who still holds the old one keeps it").isEqualTo("v1");
        assertThat(loads("loaded")).isEqualTo(2);
        assertThat(loads("failed")).isZero();
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .isEqualTo(Map.of("champion", "v2", "challenger", "v2", "users", 20, "items", 60, "index", "exact"));
    }

    @Test
    void eachAliasHasItsModelAndASharedOneIsLoadedOnce() throws IOException {
        publish("v1");
        publish("v2");
        promote("v1");
        aliases.point(Alias.CHALLENGER, "v2");
        aliases.point(Alias.SHADOW, "v2");
        models.refresh();

        assertThat(models.all()).containsOnlyKeys(Alias.CHAMPION, Alias.CHALLENGER, Alias.SHADOW);
        assertThat(models.all().get(Alias.CHALLENGER)).isSameAs(models.all().get(Alias.SHADOW));
        assertThat(loads("loaded")).isEqualTo(2);

        Files.delete(root.resolve("aliases/challenger"));
        models.refresh();
        assertThat(models.all()).as("nobody is tried any more").containsOnlyKeys(Alias.CHAMPION, Alias.SHADOW);
    }

    @Test
    void aDamagedChallengerLeavesTheChampionAlone() throws IOException {
        publish("v1");
        promote("v1");
        damage(publish("v2"));
        aliases.point(Alias.CHALLENGER, "v2");
        models.refresh();

        assertThat(models.all()).containsOnlyKeys(Alias.CHAMPION);
        assertThat(models.failures()).containsOnlyKeys(Alias.CHALLENGER);
        assertThat(health().getStatus()).isEqualTo(Status.UP);
        assertThat(health().getDetails()).containsKey("cannotLoadChallenger").doesNotContainKey("cannotLoad");
    }

    @Test
    void aDamagedChampionChangesNothingButTheHealthReport() throws IOException {
        publish("v1");
        promote("v1");
        Path damaged = damage(publish("v2"));
        clock.advance(Duration.ofMinutes(1));
        promote("v2");

        assertThat(models.champion().orElseThrow().version()).isEqualTo("v1");
        assertThat(models.failures()).hasEntrySatisfying(Alias.CHAMPION, failure -> {
            assertThat(failure.version()).isEqualTo("v2");
            assertThat(failure.at()).isEqualTo(clock.instant());
            assertThat(failure.message()).startsWith(damaged + ": expected SHA-256 ");
        });
        assertThat(health().getStatus()).as("the old model answers").isEqualTo(Status.UP);
        assertThat(health().getDetails())
                .containsEntry("champion", "v1")
                .hasEntrySatisfying(
                        "cannotLoad", text -> assertThat((String) text).contains(damaged.toString()));
    }

    @Test
    void aDamagedFirstModelLeavesNone() throws IOException {
        damage(publish("v1"));
        promote("v1");
        assertThat(models.champion()).isEmpty();
        assertThat(health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health().getDetails()).containsKeys("reason", "cannotLoad");
    }

    @Test
    void aRepairedModelIsTakenAtTheNextRetry() throws IOException {
        publish("v1");
        promote("v1");
        Path damaged = publish("v2").resolve("seen.bin");
        byte[] sound = Files.readAllBytes(damaged);
        damage(damaged.getParent());
        promote("v2");
        Files.write(damaged, sound);

        clock.advance(RETRY.minusNanos(1));
        models.refresh();
        assertThat(models.champion().orElseThrow().version()).isEqualTo("v1");
        assertThat(loads("failed")).as("not tried again yet").isEqualTo(1);

        clock.advance(Duration.ofNanos(1));
        models.refresh();
        assertThat(models.champion().orElseThrow().version()).isEqualTo("v2");
        assertThat(models.failures()).isEmpty();
    }

    @Test
    void anotherVersionIsTriedAtOnce() throws IOException {
        damage(publish("v1"));
        promote("v1");
        publish("v2");
        promote("v2");
        assertThat(models.champion().orElseThrow().version()).isEqualTo("v2");
        assertThat(models.failures()).isEmpty();
    }

    @Test
    void backToTheOldOneAllIsWell() throws IOException {
        publish("v1");
        promote("v1");
        damage(publish("v2"));
        promote("v2");
        promote("v1");
        assertThat(models.failures()).isEmpty();
        assertThat(loads("loaded")).isEqualTo(1);
    }

    @Test
    void anAliasThatNamesNoVersionIsTold() throws IOException {
        publish("v1");
        promote("v1");
        Path alias = root.resolve("aliases/champion");
        Files.writeString(alias, "../../etc");
        models.refresh();
        assertThat(models.champion().orElseThrow().version()).isEqualTo("v1");
        assertThat(models.failures()).hasEntrySatisfying(Alias.CHAMPION, failure -> {
            assertThat(failure.version()).isNull();
            assertThat(failure.message())
                    .isEqualTo(alias + ": expected the name of a model version, found '../../etc'");
        });

        Files.delete(alias);
        models.refresh();
        assertThat(models.champion()).isPresent();
        assertThat(Optional.ofNullable(models.failures().get(Alias.CHAMPION)))
                .as("no alias, nothing wrong")
                .isEmpty();
    }

    @Test
    void readersOnlyEverSeeWholeModels() throws InterruptedException {
        publish("v1");
        publish("v2");
        promote("v1");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger mixed = new AtomicInteger();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                ServingModel model = models.champion().orElseThrow();
                if (!model.catalog(new LiveData()).item(7).title().endsWith(" of " + model.version())) {
                    mixed.incrementAndGet();
                }
            }
        });
        for (int swap = 0; swap < 20; swap++) {
            promote(swap % 2 == 0 ? "v2" : "v1");
        }
        done.set(true);
        reader.join();
        assertThat(mixed).hasValue(0);
        assertThat(loads("loaded")).isEqualTo(21);
    }

    private Path publish(String version) {
        return new ArtifactWriter(root).write(TestModels.random(version, version.hashCode()));
    }

    private void promote(String version) {
        aliases.point(Alias.CHAMPION, version);
        models.refresh();
    }

    /** Changes a byte; returns the file. */
    private static Path damage(Path folder) throws IOException {
        Path file = folder.resolve("seen.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        return Files.write(file, bytes);
    }

    private Health health() {
        return new ModelHealthIndicator(models).health();
    }

    private long loads(String outcome) {
        return meters.get("discern.model.load").tag("outcome", outcome).timer().count();
    }
}
