package dev.discern.training.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.Progress;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.backbone.Scorer;
import dev.discern.training.backbone.history.RareGain;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.evaluation.Ranking;
import dev.discern.training.job.CellResult.Variant;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainedModel;
import dev.discern.training.trainer.Trainer;
import dev.discern.training.trainer.TrainingParameters;
import dev.discern.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Does the cells of a matrix. Each may run again after a kill, goes on from its checkpoint, and does nothing when it is done. */
@Component
class MatrixCells {

    private static final double BYTES_PER_MEGABYTE = 1 << 20;

    private final PreparedData prepared;
    private final JobProgress progress;
    private final TrainingProperties properties;
    private final Path checkpoints;

    MatrixCells(
            PreparedData prepared,
            JobProgress progress,
            TrainingProperties properties,
            @Value("${discern.home}") Path home) {
        this.prepared = prepared;
        this.progress = progress;
        this.properties = properties;
        this.checkpoints = home.resolve("checkpoints");
    }

    void run(JobExecution job, MatrixCell cell) throws IOException, JobInterruptedException {
        MatrixPlan plan = MatrixPlan.of(job);
        MatrixWorkspace workspace = MatrixWorkspace.open(checkpoints, job);
        if (Files.exists(workspace.result(cell))) {
            return;
        }
        requireGoingOn(job);
        CellResult result = cell.baseline() == null
                ? trained(job, plan, workspace, cell)
                : baseline(plan, workspace, cell.baseline());
        result.write(workspace.result(cell));
        Files.deleteIfExists(workspace.checkpoint(cell));
        tell(job, plan, workspace, cell);
    }

    /** Says how much of the whole matrix is done. */
    private void tell(JobExecution job, MatrixPlan plan, MatrixWorkspace workspace, MatrixCell last) {
        List<MatrixCell> all = Stream.of(MatrixCell.bases(plan), MatrixCell.trials(plan), MatrixCell.guided(plan))
                .flatMap(List::stream)
                .toList();
        long done = all.stream()
                .filter(cell -> Files.exists(workspace.result(cell)))
                .count();
        progress.report(
                job.getId(),
                new Progress("models", done, all.size(), "models", "%s, seed %d".formatted(last.row(), last.seed())));
    }

    private void requireGoingOn(JobExecution job) throws JobInterruptedException {
        if (progress.stopAsked(job.getId())) {
            throw new JobInterruptedException("stopped");
        }
    }

    private CellResult baseline(MatrixPlan plan, MatrixWorkspace workspace, String name) throws IOException {
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        TemporalSplit split = prepared.trainingData(snapshot).split();
        long start = System.nanoTime();
        Scorer scorer = baselines(plan, workspace, snapshot, split).of(name);
        double seconds = seconds(start);
        return new CellResult(
                new CellResult.Told(List.of(new Variant(name, null)), null, null, seconds, 0, null, List.of()),
                List.of(new Evaluator(snapshot.histories(), split).rank(scorer)));
    }

    private Baselines baselines(MatrixPlan plan, MatrixWorkspace workspace, Snapshot snapshot, TemporalSplit split)
            throws IOException {
        return new Baselines(
                split,
                prepared.itemTexts(workspace.itemTexts()).vectors().byItem(),
                plan.scoringRun() == null
                        ? null
                        : prepared.judgments(plan.scoringRun(), snapshot, null).scores());
    }

    private CellResult trained(JobExecution job, MatrixPlan plan, MatrixWorkspace workspace, MatrixCell cell)
            throws IOException, JobInterruptedException {
        RegularizerKind regularizer = Objects.requireNonNull(cell.regularizer());
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        Float lambda = cell.isOfTrials() ? Float.valueOf(bestOfTrials(plan, workspace, cell)) : cell.lambda();
        TrainingPlan training = training(plan, cell, lambda);
        Lessons lessons = prepared.lessons(training, workspace.folder());
        Calibration calibration = regularizer.needsGate() ? calibrate(plan, workspace, cell, lessons) : null;
        long start = System.nanoTime();
        TrainedModel model = fit(job, workspace, cell, lessons, calibration);
        double seconds = seconds(start);
        List<Variant> variants = new ArrayList<>();
        List<Ranking> rankings = new ArrayList<>();
        if (!cell.isTrial()) {
            rank(plan, workspace, cell, snapshot, model, training.parameters(), variants, rankings);
        }
        return new CellResult(
                new CellResult.Told(
                        variants,
                        regularizer == RegularizerKind.OFF
                                ? null
                                : training.parameters().lambda(),
                        model.validation(),
                        seconds,
                        megabytes(model),
                        calibration == null ? null : calibration.report(),
                        model.warnings()),
                rankings);
    }

    /** Fits a gate on the backbone alone. */
    private static Calibration calibrate(MatrixPlan plan, MatrixWorkspace workspace, MatrixCell cell, Lessons lessons)
            throws IOException {
        return lessons.calibrate(
                ModelFile.read(workspace.model(cell.base())),
                lessons.needsSecondModel() ? ModelFile.read(workspace.model(cell.secondBase(plan))) : null);
    }

    private TrainedModel fit(
            JobExecution job,
            MatrixWorkspace workspace,
            MatrixCell cell,
            Lessons lessons,
            @Nullable Calibration calibration)
            throws JobInterruptedException {
        TrainingPlan plan = lessons.plan();
        try {
            return new Trainer(
                            lessons.fitting(lessons.guidance(calibration)),
                            plan.parameters(),
                            properties.checkpointInterval())
                    .fit(
                            workspace.checkpoint(cell),
                            plan.fingerprint(),
                            model -> Evaluator.validationNdcg(
                                    model, lessons.data().split()),
                            epoch -> {},
                            () -> progress.stopAsked(job.getId()));
        } catch (TrainingStoppedException e) {
            throw new JobInterruptedException(Objects.requireNonNullElse(e.getMessage(), "stopped"));
        }
    }

    /** Ranks the model once for each gain of rare items' texts, and beside texts where it is a backbone alone. */
    private void rank(
            MatrixPlan plan,
            MatrixWorkspace workspace,
            MatrixCell cell,
            Snapshot snapshot,
            TrainedModel trained,
            TrainingParameters parameters,
            List<Variant> variants,
            List<Ranking> rankings)
            throws IOException {
        TrainingData data = prepared.trainingData(snapshot);
        Evaluator evaluator = new Evaluator(snapshot.histories(), data.split());
        DotProductModel model = TestTimeModel.of(trained, data.split());
        if (parameters instanceof HistoryParameters history) {
            for (float gain : plan.rareGains()) {
                DotProductModel gained =
                        new RareGain(gain, history.rareCount()).on(model, history.dim(), data.popularity());
                variants.add(new Variant(cell.row(gain), gain));
                rankings.add(evaluator.rank(DotProductScorer.of(gained)));
            }
        } else {
            variants.add(new Variant(cell.row(), null));
            rankings.add(evaluator.rank(DotProductScorer.of(model)));
        }
        if (cell.regularizer() == RegularizerKind.OFF) {
            ModelFile.write(workspace.model(cell), trained.model());
            Scorer fused = baselines(plan, workspace, snapshot, data.split())
                    .fused(DotProductScorer.of(trained.model()), DotProductScorer.of(model));
            variants.add(
                    new Variant(Objects.requireNonNull(cell.backbone()).label() + " " + MatrixCell.LATE_FUSION, null));
            rankings.add(evaluator.rank(fused));
        }
    }

    private static TrainingPlan training(MatrixPlan plan, MatrixCell cell, @Nullable Float lambda) {
        BackboneKind backbone = Objects.requireNonNull(cell.backbone());
        RegularizerKind regularizer = Objects.requireNonNull(cell.regularizer());
        // Gains of rare items' texts are rows of their own.
        TrainingParameters defaults = backbone.defaults(regularizer).duringTraining();
        return new TrainingPlan(
                backbone,
                regularizer,
                cell.seed(),
                regularizer.needsJudgments() ? plan.runOf(backbone) : null,
                1,
                null,
                regularizer.needsGate() ? Objects.requireNonNullElse(plan.uncertainty(), backbone.uncertainty()) : null,
                lambda == null ? defaults : defaults.withLambda(lambda),
                plan.dataVersion());
    }

    /** The weight of the highest validation metric; of equal ones the smallest. */
    private static float bestOfTrials(MatrixPlan plan, MatrixWorkspace workspace, MatrixCell cell) throws IOException {
        record Trial(float lambda, double validation) {}
        List<Trial> trials = new ArrayList<>();
        for (float lambda : plan.lambdas()) {
            MatrixCell trial = new MatrixCell(null, cell.backbone(), cell.regularizer(), 1, lambda, true);
            Double validation = CellResult.read(workspace.result(trial)).told().validation();
            trials.add(new Trial(lambda, Objects.requireNonNull(validation)));
        }
        return trials.stream()
                .max(Comparator.comparingDouble(Trial::validation)
                        .thenComparing(Comparator.comparingDouble(Trial::lambda).reversed()))
                .orElseThrow()
                .lambda();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** What serving would hold: items and biases, and users or what makes them. */
    private static double megabytes(TrainedModel trained) {
        DotProductModel model = trained.model();
        long users = trained.history() == null
                ? model.users().length
                : trained.history().context().values().length;
        return (users + (long) model.items().length + model.itemBias().length) * Float.BYTES / BYTES_PER_MEGABYTE;
    }
}
