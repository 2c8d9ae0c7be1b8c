package dev.discern.cli.demo;

import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.TrainingRequest;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From files to a comparison of many models over the REST APIs: import, ask the judge, train and compare. Of the embedded judge
 * {@code history} learns what it thinks of the rare items that {@code history} alone misses, which it is asked about again; of recorded
 * answers every backbone learns the same. Equal work is done once: a second run finds the jobs of the first and goes straight through.
 */
public final class MatrixStudy {

    /** Of candidates, and of the model that proposes some of them. */
    private static final long SEED = 1;

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
        // Asked in any case: with its answers come the vectors of the items' texts, which history, the baselines and
        // kar read.
        long run = groundwork.ask(Judge.EMBEDDED, null, null, SEED).runId();
        Long scoringRun = null;
        Long rescueRun = null;
        if (plan.judgments() != null) {
            scoringRun =
                    groundwork.ask(Judge.RECORDED, null, plan.judgments(), SEED).runId();
        } else if (!plan.choice().shuffleDays()) {
            scoringRun = run;
        }
        if (plan.judgments() == null
                && plan.choice().asksJudge()
                && plan.choice().has(Backbone.HISTORY)) {
            terminal.note("Training history alone: what it recommends is set beside the rare items that it misses");
            rescueRun = groundwork.askForRescue(historyAlone(), null, SEED).orElse(null);
        }
        terminal.note("Training and comparing the models; the longest part");
        return training.matrix(plan.choice().request(scoringRun, rescueRun));
    }

    private String historyAlone() {
        return training.train(new TrainingRequest(
                        Backbone.HISTORY.toString(), Regularizer.OFF.toString(), SEED, null, 1, Map.of()))
                .version();
    }
}
