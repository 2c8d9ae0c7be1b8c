package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.report.EvaluationTable;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern evaluate}. */
@Command(
        name = "evaluate",
        description = "Compares models on the held-out interactions, by slice, with intervals.",
        footer = {"", "Examples:", "  discern evaluate", "  discern evaluate --models V1,V2 --json evaluation.json"})
public final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--models", paramLabel = "V", split = ",", description = "versions; default all there are")
    private @Nullable List<String> models;

    @Option(names = "--seed", description = "of the resampling; default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "write the comparison there")
    private @Nullable Path json;

    private final Session session;

    /** In a session. */
    public EvaluateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (json != null) {
            Arguments.requireWritable("--json", session.path(json));
        }
        Evaluation evaluation = session.training().evaluate(models, seed);
        new EvaluationTable(evaluation).lines().forEach(session.terminal()::result);
        if (json != null) {
            write(evaluation, session.path(json));
        }
        return 0;
    }

    private static void write(Evaluation evaluation, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(evaluation) + "\n");
        } catch (IOException e) {
            throw CliException.failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
