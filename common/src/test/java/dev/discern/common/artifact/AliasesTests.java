package dev.discern.common.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.discern.common.artifact.ArtifactException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTests {

    @TempDir
    private Path root;

    private Aliases aliases;

    @BeforeEach
    void models() throws IOException {
        Files.createDirectories(root.resolve("models/v1"));
        Files.createDirectories(root.resolve("models/a-much-longer-version.2"));
        aliases = new Aliases(root);
    }

    @ParameterizedTest
    @EnumSource
    void namesAVersionOnceItIsSet(Alias alias) throws IOException {
        assertThat(aliases.version(alias)).isEmpty();

        aliases.point(alias, "v1");
        aliases.point(alias, "a-much-longer-version.2");
        aliases.point(alias, "v1");

        assertThat(aliases.version(alias)).contains("v1");
        assertThat(Files.readString(root.resolve("aliases").resolve(alias.label())))
                .isEqualTo("v1\n");
        assertThat(root.resolve("aliases")).isDirectoryNotContaining("glob:**.tmp");
        assertThat(Alias.of(alias.label())).isEqualTo(alias);
    }

    @Test
    void readersSeeTheOldNameOrTheNewOne() throws InterruptedException {
        aliases.point(Alias.CHAMPION, "v1");
        Set<Optional<String>> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean done = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                seen.add(aliases.version(Alias.CHAMPION));
            }
        });
        for (int round = 0; round < 50 || seen.size() < 2; round++) {
            aliases.point(Alias.CHAMPION, round % 2 == 0 ? "a-much-longer-version.2" : "v1");
        }
        done.set(true);
        reader.join();
        assertThat(seen).containsExactlyInAnyOrder(Optional.of("v1"), Optional.of("a-much-longer-version.2"));
    }

    @Test
    void aModelThatIsNotThereIsNotPointedTo() {
        aliases.point(Alias.CHAMPION, "v1");
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> aliases.point(Alias.CHAMPION, "v3"))
                .withMessage(root.resolve("models/v3") + ": expected a model folder, found none");
        assertThat(aliases.version(Alias.CHAMPION)).contains("v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", ".", "", ".v1.tmp", "a/b", "a\\b", "/etc", "two words", "ü", "v1\nv2", "-v"})
    void namesThatLeadElsewhere(String name) throws IOException {
        assertBadName(() -> aliases.point(Alias.CHAMPION, name));
        assertBadName(() -> aliases.modelFolder(name));

        Path file = Files.createDirectories(root.resolve("aliases")).resolve("champion");
        Files.writeString(file, name);
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> aliases.version(Alias.CHAMPION))
                .withMessage(file + ": expected the name of a model version, found '" + name + "'");
    }

    @Test
    void aNameHasAnEnd() {
        assertThat(aliases.modelFolder("v".repeat(128)).getParent()).isEqualTo(root.resolve("models"));
        assertBadName(() -> aliases.modelFolder("v".repeat(129)));
    }

    @Test
    void anAliasThatCannotBeReadIsTold() throws IOException {
        Path file = Files.createDirectories(root.resolve("aliases/champion"));
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> aliases.version(Alias.CHAMPION))
                .withMessageStartingWith(file + ": cannot be read");
    }

    @Test
    void thereAreThreeAliases() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Alias.of("Champion"))
                .withMessage("unknown alias 'Champion'; known are champion, challenger and shadow");
    }

    private static void assertBadName(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(call)
                .extracting(ArtifactException::reason)
                .isEqualTo(Reason.BAD_NAME);
    }
}
