package dev.discern.cli.command;

import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code discern bench}: the benchmarks' own program in a process of its own. */
@Command(
        name = "bench",
        description = "Measures against a reference in the same run: topk, train, score, memory or serve.",
        footer = {"", "Examples:", "  discern bench topk", "  discern bench train --json", "  discern bench serve"})
public final class BenchCommand implements Callable<Integer> {

    private static final String HEAP = "-Xmx2g";

    /** What 20 million interactions with a million items must be trained in. */
    private static final String LARGE_HEAP = "-Xmx8g";

    @Parameters(
            arity = "1..*",
            paramLabel = "ARGUMENT",
            description = "topk, train, score, memory or serve, and their options")
    private List<String> arguments = List.of();

    private final Session session;

    /** In a session. */
    public BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                arguments.getFirst().equals("memory") ? LARGE_HEAP : HEAP,
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-jar",
                session.settings().jar("benchmarks").toString()));
        command.addAll(arguments);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw CliException.failed("could not start the benchmarks: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while measuring");
        }
    }
}
