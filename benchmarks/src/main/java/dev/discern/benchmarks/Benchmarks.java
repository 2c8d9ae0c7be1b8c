package dev.discern.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks' command line, which {@code discern bench} starts. */
@Command(
        name = "bench",
        description = "Measures against a reference in the same run and checks that both answer alike.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(topk | train | score | memory | serve)",
        subcommands = {
            TopKBenchmark.class,
            TrainBenchmark.class,
            ScoreBenchmark.class,
            MemoryBenchmark.class,
            ServeBenchmark.class
        })
public final class Benchmarks {

    private Benchmarks() {}

    /** Runs one benchmark. Exit codes: 0, 1 (failed, also when the answers differ), 2 (bad usage). */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Benchmarks()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
    }
}
