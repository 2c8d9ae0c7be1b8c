package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.api.TrainingApi.TrainingResult;
import dev.discern.cli.demo.Backbone;
import dev.discern.cli.demo.Regularizer;
import dev.discern.cli.report.TrainingText;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code discern train}. */
@Command(
        name = "train",
        description = "Trains one model. The same model is trained once.",
        footer = {
            "",
            "Examples:",
            "  discern train",
            "  discern train --backbone history",
            "  discern train --backbone history --warm-start champion",
            "  discern train --regularizer off --seed 2 --param dim=32"
        })
public final class TrainCommand implements Callable<Integer> {

    @Option(names = "--backbone", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Backbone backbone = Backbone.BPR_MF;

    @Option(names = "--regularizer", description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Regularizer regularizer = Regularizer.GATED;

    @Option(
            names = "--judgments",
            paramLabel = "RUN",
            description = "the scoring run to learn from; default the newest that is complete")
    private @Nullable Long run;

    @Option(names = "--seed", description = "default ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(
            names = "--threads",
            description =
                    "with more than 1 a run of bpr-mf is not repeatable to the last digit; default ${DEFAULT-VALUE}")
    private int threads = 1;

    @Option(
            names = "--warm-start",
            paramLabel = "VERSION",
            description = "begin with what this version has learned; champion is the one that is champion")
    private @Nullable String warmStart;

    @Option(
            names = "--param",
            paramLabel = "NAME=NUMBER",
            description = "a parameter of the backbone or the regularizer, for example dim=64")
    private Map<String, BigDecimal> parameters = Map.of();

    @Option(names = "--json", description = "print the result as JSON")
    private boolean json;

    private final Session session;

    /** In a session. */
    public TrainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Arguments.requirePositive("--threads", threads);
        TrainingResult model = session.training()
                .train(new TrainingRequest(
                        backbone.toString(),
                        regularizer.toString(),
                        seed,
                        scoringRun(),
                        threads,
                        warmStart,
                        parameters));
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(model));
        } else {
            TrainingText.lines(model).forEach(session.terminal()::result);
        }
        return 0;
    }

    private @Nullable Long scoringRun() {
        return run == null && regularizer.asksJudge()
                ? Long.valueOf(session.scoring().newestRun())
                : run;
    }
}
