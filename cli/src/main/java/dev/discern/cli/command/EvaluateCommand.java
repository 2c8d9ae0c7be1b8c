package dev.discern.cli.command;

import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.data.DataSource;
import dev.discern.cli.demo.MatrixChoice;
import dev.discern.cli.demo.MatrixStudy;
import dev.discern.cli.report.EvaluationTable;
import dev.discern.cli.report.MatrixTable;
import dev.discern.cli.stack.StackPlan;
import dev.discern.cli.stack.Supervisor;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern evaluate}. */
@Command(
        name = "evaluate",
        description = {
            "Compares models on the held-out interactions, by slice, with intervals: those that are there, or a matrix of backbones by"
                    + " regularizers, which it trains.",
            "What an earlier run has done is not done again."
        },
        footer = {
            "",
            "Examples:",
            "  discern evaluate",
            "  discern evaluate --models V1,V2 --json evaluation.json",
            "  discern evaluate --matrix quick --judgments-run 1 --rescue-run 2 --html matrix.html",
            "  discern evaluate --data amazon-beauty --matrix default --shuffle-days --html shuffled.html",
            "  discern evaluate --data movietweetings --matrix default --seeds 3 --json m.json --html m.html",
            "  discern evaluate --data my-shop --judge recorded --judgments answers.jsonl --matrix quick --markdown m.md"
        })
public final class EvaluateCommand implements Callable<Integer> {

    @Option(names = "--models", paramLabel = "V", split = ",", description = "versions; default all there are")
    private @Nullable List<String> models;

    @Option(names = "--seed", description = "of the resampling; default 1; not with --matrix")
    private @Nullable Long seed;

    @Option(names = "--json", paramLabel = "FILE", description = "write the comparison there")
    private @Nullable Path json;

    @Mixin
    private final MatrixOptions matrix = new MatrixOptions();

    private final Session session;

    /** In a session. */
    public EvaluateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        checkArguments();
        if (!matrix.given()) {
            compareModels();
        } else if (matrix.data() == null) {
            matrixOnRunningStack();
        } else {
            matrixOnOwnStack(matrix.data());
        }
        return 0;
    }

    private void checkArguments() {
        if (matrix.given() && models != null) {
            throw CliException.badUsage(
                    "--models names models that are there, and --matrix trains its own: give one of them");
        }
        if (matrix.given() && seed != null) {
            throw CliException.badUsage("--seed does not go with --matrix; --seeds says with how many seeds to train");
        }
        matrix.check(session);
        if (json != null) {
            Arguments.requireWritable("--json", session.path(json));
        }
    }

    private void compareModels() {
        Evaluation evaluation = session.training().evaluate(models, seed == null ? 1 : seed);
        new EvaluationTable(evaluation).lines().forEach(session.terminal()::result);
        if (json != null) {
            write(evaluation, session.path(json));
        }
    }

    private void matrixOnRunningStack() {
        MatrixChoice choice = matrix.choice();
        TrainingApi training = session.training();
        tell(training, training.matrix(choice.request(matrix.judgmentsRun(), matrix.rescueRun())));
    }

    private void matrixOnOwnStack(String data) {
        Terminal terminal = session.terminal();
        DataSource source = DataSource.of(data, session.settings());
        StackPlan stackPlan = matrix.stack().plan(session.settings(), source.key());
        MatrixStudy.Plan plan = new MatrixStudy.Plan(
                source.files(session.settings(), terminal),
                matrix.judgments() == null ? null : session.path(matrix.judgments()),
                matrix.choice());
        terminal.note("Starting Postgres and the three services; their state and logs are in "
                + session.settings().home());
        try (Supervisor supervisor = Supervisor.start(stackPlan)) {
            TrainingApi training = new TrainingApi(supervisor.client(ServiceName.TRAINING), terminal);
            MatrixStudy study = new MatrixStudy(
                    new ScoringApi(supervisor.client(ServiceName.SCORING), terminal), training, terminal);
            supervisor.whileHealthy(() -> {
                tell(training, study.run(plan));
                return 0;
            });
        }
    }

    private void tell(TrainingApi training, Matrix.Completed completed) {
        new MatrixTable(completed.report()).lines().forEach(session.terminal()::result);
        if (json != null) {
            Path file = session.path(json);
            write(training.evaluationJson(completed.job()), file);
            session.terminal().note("Report: " + file);
        }
        copy("Page: ", matrix.html(), () -> training.matrixPage(completed.job()));
        copy("Markdown: ", matrix.markdown(), () -> training.matrixMarkdown(completed.job()));
    }

    private void copy(String title, @Nullable Path path, Supplier<InputStream> report) {
        if (path == null) {
            return;
        }
        Path file = session.path(path);
        try (InputStream content = report.get()) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        session.terminal().note(title + file);
    }

    private static void write(Object report, Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static CliException cannotWrite(Path file, IOException e) {
        return CliException.failed("cannot write " + file + ": " + e.getMessage(), e);
    }
}
