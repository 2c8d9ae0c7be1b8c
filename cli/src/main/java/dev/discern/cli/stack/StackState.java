package dev.discern.cli.stack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What runs in a home, kept in {@code DISCERN_HOME/run/stack.json} (mode 600, it holds the key) from when all is healthy until it is
 * stopped. Other commands read it.
 *
 * @param pid the process that looks after the others
 * @param startedAt when that process started: its id may be given to another one later
 */
public record StackState(
        String data, long pid, String startedAt, String apiKey, List<Service> services, Postgres postgres) {

    private static final JsonMapper JSON = JsonMapper.shared();

    /** One service. */
    public record Service(String name, String url, long pid, String log) {}

    /** The database; no process id when it is not ours. */
    public record Postgres(
            String jdbcUrl, @Nullable Long pid, @Nullable String log) {}

    /** Where a home's state is. */
    static Path file(Path home) {
        return home.resolve("run").resolve("stack.json");
    }

    /** What the file says, whether or not it is still so. */
    public static Optional<StackState> read(Path home) {
        Path file = file(home);
        try {
            return Optional.of(JSON.readValue(Files.readString(file), StackState.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw CliException.failed("cannot read " + file + ": " + e.getMessage() + "; delete it", e);
        }
    }

    /** What runs now: a state whose process has gone is none. */
    public static Optional<StackState> running(Path home) {
        return read(home).filter(StackState::alive);
    }

    /**
     * Makes sure that nothing runs in a home, before ports are looked at.
     *
     * @throws CliException when a stack does
     */
    public static void requireNone(Path home) {
        running(home).ifPresent(state -> {
            throw CliException.failed(
                    "a stack already runs in %s (process %d): stop it with `discern down`, or set DISCERN_HOME to another folder"
                            .formatted(home, state.pid));
        });
    }

    /** Whether the process that looks after the stack is still there. */
    @JsonIgnore
    public boolean alive() {
        return owner().isPresent();
    }

    /** That process, if it is still there. */
    Optional<ProcessHandle> owner() {
        return ProcessHandle.of(pid).filter(process -> startedAt(process).equals(startedAt));
    }

    /** When a process started, in the words of {@code startedAt}. */
    static String startedAt(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }

    void write(Path home) {
        try {
            PrivateFiles.write(file(home), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
        } catch (IOException e) {
            throw CliException.failed("cannot write " + file(home) + ": " + e.getMessage(), e);
        }
    }

    static void delete(Path home) {
        try {
            Files.deleteIfExists(file(home));
        } catch (IOException e) {
            throw CliException.failed("cannot delete " + file(home) + ": " + e.getMessage(), e);
        }
    }
}
