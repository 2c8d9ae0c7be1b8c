package dev.discern.cli.stack;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A stack whose supervisor is a process of its own, which outlives the command that starts it. */
public final class BackgroundStack {

    private static final Duration STOP = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);

    private BackgroundStack() {}

    /**
     * Starts the launcher script again in the background and waits until its stack is healthy.
     *
     * @param arguments of the command that keeps a stack in the foreground
     * @throws CliException when one runs already, or it does not start
     */
    public static StackState start(Settings settings, List<String> arguments) {
        Path home = settings.home();
        StackState.requireNone(home);
        Path log = home.resolve("logs").resolve("stack.log");
        Process process = launch(settings, arguments, log);
        while (process.isAlive()) {
            Optional<StackState> state = StackState.running(home).filter(running -> running.pid() == process.pid());
            if (state.isPresent()) {
                return state.get();
            }
            sleep();
        }
        throw CliException.failed("the stack did not start. " + LogTail.of(log));
    }

    /** {@code nohup}, so that it stays when the terminal closes; the launcher becomes java, so the process id stays. */
    private static Process launch(Settings settings, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>();
        command.add("nohup");
        command.add(settings.repository().resolve("discern").toString());
        command.addAll(arguments);
        try {
            Files.createDirectories(log.getParent());
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(settings.workingFolder().toFile())
                    .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.to(log.toFile()));
            builder.environment().put("DISCERN_HOME", settings.home().toString());
            return builder.start();
        } catch (IOException e) {
            throw CliException.failed("could not start the stack: " + e.getMessage(), e);
        }
    }

    /**
     * Stops the stack of a home and waits until it has ended; also what a killed supervisor left behind.
     *
     * @return whether there was anything to stop
     */
    public static boolean stop(Path home) {
        Optional<ProcessHandle> owner = StackState.read(home).flatMap(StackState::owner);
        if (owner.isPresent()) {
            end(owner.get());
            return true;
        }
        StackState.delete(home);
        return EmbeddedDatabase.stopLeftOver(home);
    }

    private static void end(ProcessHandle owner) {
        owner.destroy();
        try {
            owner.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw CliException.failed("process %d did not end within %d s".formatted(owner.pid(), STOP.toSeconds()), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static CancellationException interrupted() {
        Thread.currentThread().interrupt();
        return new CancellationException("interrupted while waiting for the stack");
    }
}
