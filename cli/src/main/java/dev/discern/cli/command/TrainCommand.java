package dev.discern.cli.command;

import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.api.TrainingApi.TrainingResult;
import dev.discern.cli.demo.Uncertainty;
import dev.discern.cli.report.TrainingText;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
            "  discern train --warm-start champion",
            "  discern train --uncertainty ensemble",
            "  discern train --regularizer off --seed 2 --param rareGain=2",
            "  discern train --backbone bpr-mf --param dim=32"
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--uncertainty",
            paramLabel = "Q",
            description =
                    "of a gate: what it takes for the model's uncertainty, ${COMPLETION-CANDIDATES}; ensemble trains a second"
                            + " model for it; default score-entropy")
    private @Nullable Uncertainty uncertainty;

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
        TrainingResult trained = session.training()
                .train(new TrainingRequest(
                        model.backbone(),
                        model.regularizer(),
                        model.seed(),
                        model.scoringRun(),
                        uncertainty == null ? null : uncertainty.toString(),
                        threads,
                        warmStart,
                        parameters));
        if (json) {
            session.terminal()
                    .result(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(trained));
        } else {
            TrainingText.lines(trained).forEach(session.terminal()::result);
        }
        return 0;
    }
}
