package dev.discern.benchmarks;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What every benchmark's command has: rounds, and its lines as a table or as JSON. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class Benchmark implements Callable<Integer> {

    @Option(names = "--rounds", defaultValue = "15", description = "measured rounds (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--json", description = "print JSON: {\"benchmarks\":[…],\"machine\":{…}}")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** What {@code --json} prints. */
    private record Report(List<Measurement> benchmarks, Machine machine) {}

    /**
     * Measures.
     *
     * @param turns how often to run the contender and its reference
     * @throws IllegalStateException when their answers differ
     */
    abstract List<Measurement> measure(Turns turns);

    @Override
    public final Integer call() {
        if (rounds < 1) {
            throw badUsage("--rounds must be at least 1, not " + rounds);
        }
        List<Measurement> measurements = measure(new Turns(rounds));
        PrintWriter out = commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder()
                    .build()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(new Report(measurements, Machine.current())));
        } else {
            out.println(String.format("%-36s %14s %14s %7s  %s", "benchmark", "value", "reference", "ratio", "unit"));
            measurements.forEach(line -> out.println(String.format(
                    Locale.ROOT,
                    "%-36s %,14.1f %,14.1f %6.2fx  %s",
                    line.name(),
                    line.value(),
                    line.reference(),
                    line.ratio(),
                    line.unit())));
        }
        out.flush();
        return CommandLine.ExitCode.OK;
    }

    /** Exit code 2, with the command's usage. */
    final CommandLine.ParameterException badUsage(String message) {
        return new CommandLine.ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
