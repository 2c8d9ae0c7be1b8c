package dev.discern.training.job;

import dev.discern.batch.JobResult;
import dev.discern.common.db.Snapshot;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.EvaluationReport.Candidate;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.job.HalvingSchedule.Rung;
import dev.discern.training.trainer.TrainedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What stands before and behind the trials of a search: one snapshot for all of them, and the report. */
@Component
class SearchSteps {

    private static final long BOOTSTRAP_SEED = 1;

    private final FrozenData frozen;
    private final PreparedData prepared;
    private final SearchTrials trials;
    private final Path checkpoints;

    SearchSteps(FrozenData frozen, PreparedData prepared, SearchTrials trials, @Value("${discern.home}") Path home) {
        this.frozen = frozen;
        this.prepared = prepared;
        this.trials = trials;
        this.checkpoints = home.resolve("checkpoints");
    }

    /** Reads the data once; every trial, and every restart, sees the same. */
    void snapshot(JobExecution job) throws IOException {
        SearchWorkspace workspace = SearchWorkspace.open(checkpoints, job);
        frozen.write(
                workspace.folder(),
                workspace.plan().training(workspace.point(1)).needsTexts());
    }

    /** Tests the chosen trial and tells what was found; what the trials left behind is no longer needed. */
    void report(JobExecution job) throws IOException, JobInterruptedException {
        SearchWorkspace workspace = SearchWorkspace.open(checkpoints, job);
        SearchPlan plan = workspace.plan();
        List<SearchReport.Trial> told = new ArrayList<>();
        for (int trial = 1; trial <= workspace.points().size(); trial++) {
            told.add(new SearchReport.Trial(trial, workspace.point(trial), rungs(workspace, trial)));
        }
        Optional<TrialResult> best = workspace.chosen();
        JobResult.put(
                job,
                new SearchReport(
                        plan.backbone().label(),
                        plan.regularizer().label(),
                        plan.seed(),
                        plan.scoringRun(),
                        plan.strategy().label(),
                        plan.schedule(),
                        told,
                        best.isPresent() ? chosen(job, workspace, best.get()) : null));
        workspace.delete();
    }

    private static List<TrialResult> rungs(SearchWorkspace workspace, int trial) throws IOException {
        List<TrialResult> rungs = new ArrayList<>();
        for (Rung rung : workspace.plan().schedule()) {
            workspace.results(rung.number()).stream()
                    .filter(result -> result.trial() == trial)
                    .forEach(rungs::add);
        }
        return rungs;
    }

    /** Here alone a search looks at test items. */
    private SearchReport.Chosen chosen(JobExecution job, SearchWorkspace workspace, TrialResult best)
            throws IOException, JobInterruptedException {
        SearchPlan plan = workspace.plan();
        Rung rung = plan.schedule().get(best.rung() - 1);
        Map<String, Number> point = workspace.point(best.trial());
        TrainedModel trained = trials.fit(job, workspace, best.trial(), rung);
        Snapshot snapshot = prepared.snapshot(workspace.folder().snapshot());
        TrainingData data = prepared.trainingData(snapshot);
        Candidate candidate = new Candidate(
                "trial-" + best.trial(),
                plan.backbone().label(),
                plan.regularizer().label(),
                plan.seed(),
                TestTimeModel.of(trained, data.split()));
        return new SearchReport.Chosen(
                best.trial(),
                best.rung(),
                point,
                Objects.requireNonNull(best.validation()),
                new Evaluator(snapshot.histories(), data.split())
                        .evaluate(List.of(candidate), BOOTSTRAP_SEED, tested -> {})
                        .models()
                        .getFirst()
                        .metrics(),
                plan.request(point, rung),
                trained.warnings());
    }
}
