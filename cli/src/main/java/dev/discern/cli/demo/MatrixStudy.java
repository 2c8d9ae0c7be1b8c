package dev.discern.cli.demo;

import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ScoringApi.ScoringRequest.Quotas;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From files to a comparison of many models over the REST APIs: import, ask the judge, and, where {@code history} is to learn from it, ask
 * again about the rare items that {@code history} alone misses. Equal work is done once: a second run finds the jobs of the first and goes
 * straight through.
 */
public final class MatrixStudy {

    /** Of candidates, and of the model that proposes some of them. */
    private static final long SEED = 1;

    /** What a strong backbone recommends beside the rare items that the encoder finds plausible. */
    private static final Quotas RESCUE = new Quotas(0, 0, 0, 0, 9, 10);

    private final ScoringApi scoring;
    private final TrainingApi training;
    private final Terminal terminal;

    /** Against two services. */
    public MatrixStudy(ScoringApi scoring, TrainingApi training, Terminal terminal) {
        this.scoring = scoring;
        this.training = training;
        this.terminal = terminal;
    }

    /**
     * What to study.
     *
     * @param judgments recorded answers to learn from; null for those of the embedded judge
     */
    public record Plan(DataFiles files, @Nullable Path judgments, MatrixChoice choice) {}

    /** Does it all. */
    public Matrix.Completed run(Plan plan) {
        Groundwork groundwork = new Groundwork(scoring, terminal);
        groundwork.importFiles(plan.files());
        // Asked in any case: with its answers come the vectors of the items' texts, from which models without a judge
        // learn, too.
        long run = groundwork.ask(Judge.EMBEDDED, null, null, SEED).runId();
        if (plan.judgments() != null && plan.choice().asksJudge()) {
            run = groundwork.ask(Judge.RECORDED, null, plan.judgments(), SEED).runId();
        }
        Long rescueRun = null;
        if (plan.choice().asksJudge() && plan.choice().has(Backbone.HISTORY)) {
            terminal.note("Training history alone: what it recommends is set beside the rare items that it misses");
            rescueRun = groundwork.ask(RESCUE, historyAlone(), SEED).runId();
        }
        terminal.note("Training and comparing the models; the longest part");
        return training.matrix(plan.choice().request(run, rescueRun));
    }

    private String historyAlone() {
        return training.train(new TrainingRequest(
                        Backbone.HISTORY.toString(), Regularizer.OFF.toString(), SEED, null, null, 1, Map.of()))
                .version();
    }
}
