package dev.discern.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.StackProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stack that outlives its command, with a launcher that starts services that do nothing. */
@Timeout(120)
class BackgroundStackIntegrationTests {

    @TempDir
    Path folder;

    private Settings settings() {
        return new Settings(Map.of("DISCERN_REPO", folder.toString(), "DISCERN_HOME", "home"), folder);
    }

    @AfterEach
    void nothingIsLeft() {
        BackgroundStack.stop(settings().home());
    }

    @Test
    void startsOnceAndStops() throws IOException {
        launcher("exec '%s' -cp '%s' %s \"$DISCERN_HOME\""
                .formatted(
                        Path.of(System.getProperty("java.home"), "bin", "java"),
                        System.getProperty("java.class.path"),
                        StackProgram.class.getName()));

        StackState state = BackgroundStack.start(settings(), List.of("up", "--foreground"));

        ProcessHandle owner = ProcessHandle.of(state.pid()).orElseThrow();
        assertThat(StackState.running(settings().home())).contains(state);
        assertThatThrownBy(() -> BackgroundStack.start(settings(), List.of("up", "--foreground")))
                .hasMessageContaining("a stack already runs in %s (process %d)"
                        .formatted(settings().home(), state.pid()));
        assertThat(BackgroundStack.stop(settings().home())).isTrue();
        assertThat(owner.isAlive()).isFalse();
        assertThat(state.services())
                .noneMatch(service -> ProcessHandle.of(service.pid()).isPresent());
    }

    @Test
    void aStackThatDoesNotStartSaysWhatItSaid() throws IOException {
        launcher("echo \"error: no luck with $*\"; exit 1");
        assertThatThrownBy(() -> BackgroundStack.start(settings(), List.of("up", "--foreground", "--ports", "auto")))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("the stack did not start")
                .hasMessageContaining(folder.resolve("home/logs/stack.log").toString())
                .hasMessageContaining("error: no luck with up --foreground --ports auto");
    }

    @Test
    void aProcessThatOnlyHasTheSameIdIsNoStack() {
        Path home = settings().home();
        StackState.Postgres postgres = new StackState.Postgres("jdbc:postgresql://x/y", null, null);
        new StackState("sample", ProcessHandle.current().pid(), "2020-01-01T00:00:00Z", "key", List.of(), postgres)
                .write(home);
        assertThat(StackState.read(home)).isPresent();
        assertThat(StackState.running(home)).isEmpty();
        assertThat(BackgroundStack.stop(home)).isFalse();
    }

    private void launcher(String body) throws IOException {
        Path launcher = Files.writeString(folder.resolve("discern"), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
