package dev.discern.training.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.Progress;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.job.HalvingSchedule.Rung;
import dev.discern.training.trainer.DivergenceException;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.TrainedModel;
import dev.discern.training.trainer.Trainer;
import dev.discern.training.trainer.TrainingParameters;
import dev.discern.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Does the trials of a search. Each may run again after a kill, goes on from its checkpoint, and does nothing when it is done. */
@Component
class SearchTrials {

    private final PreparedData prepared;
    private final JobProgress progress;
    private final TrainingProperties properties;
    private final Path checkpoints;
    private final Map<Path, Object> calibrating = new ConcurrentHashMap<>();

    SearchTrials(
            PreparedData prepared,
            JobProgress progress,
            TrainingProperties properties,
            @Value("${discern.home}") Path home) {
        this.prepared = prepared;
        this.progress = progress;
        this.properties = properties;
        this.checkpoints = home.resolve("checkpoints");
    }

    /** The trials of a rung, none where the search has fewer rungs; what the others have left behind is no longer needed. */
    List<Integer> of(JobExecution job, int number) throws IOException {
        SearchWorkspace workspace = SearchWorkspace.open(checkpoints, job);
        List<Rung> schedule = workspace.plan().schedule();
        if (number > schedule.size()) {
            return List.of();
        }
        List<Integer> trials = workspace.trials(schedule.get(number - 1));
        if (number > 1 && !trials.isEmpty()) {
            Set<Integer> others = new HashSet<>(
                    IntStream.rangeClosed(1, workspace.points().size()).boxed().toList());
            trials.forEach(others::remove);
            for (int trial : others) {
                Files.deleteIfExists(workspace.checkpoint(trial, number - 1));
            }
        }
        return trials;
    }

    void run(JobExecution job, int number, int trial) throws IOException, JobInterruptedException {
        SearchWorkspace workspace = SearchWorkspace.open(checkpoints, job);
        if (Files.exists(workspace.result(trial, number))) {
            return;
        }
        if (progress.stopAsked(job.getId())) {
            throw new JobInterruptedException("stopped");
        }
        Rung rung = workspace.plan().schedule().get(number - 1);
        int epochs = workspace
                .plan()
                .training(workspace.point(trial), rung)
                .parameters()
                .maxEpochs();
        long start = System.nanoTime();
        Double validation = null;
        String failure = null;
        try {
            validation = fit(job, workspace, trial, rung).validation();
        } catch (DivergenceException e) { // a point where nothing can be learned: that is what was to be found out
            failure = String.valueOf(e.getMessage());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        end(job, workspace, rung, new TrialResult(trial, number, epochs, validation, seconds, failure));
    }

    /** Writes a result, keeps the checkpoints that something may still be made of, and says how far the rung is. */
    private synchronized void end(JobExecution job, SearchWorkspace workspace, Rung rung, TrialResult result)
            throws IOException {
        result.write(workspace.result(result.trial(), rung.number()));
        List<TrialResult> done = workspace.results(rung.number());
        TrialResult best = done.stream().min(TrialResult.BEST_FIRST).orElseThrow();
        int rungs = workspace.plan().schedule().size();
        boolean goesOn = workspace.plan().goesOn() && rung.number() < rungs;
        for (TrialResult of : done) {
            if (!of.hasModel() || (!goesOn && of.trial() != best.trial())) {
                Files.deleteIfExists(workspace.checkpoint(of.trial(), rung.number()));
            }
        }
        progress.report(
                job.getId(),
                new Progress(
                        "rung %d of %d".formatted(rung.number(), rungs),
                        done.size(),
                        workspace.trials(rung).size(),
                        "trials",
                        best.hasModel()
                                ? String.format(
                                        Locale.ROOT,
                                        "best is trial %d, validation ndcg@10 %.4f",
                                        best.trial(),
                                        best.validation())
                                : "all have diverged so far"));
    }

    /**
     * The model of a trial on a rung. Where its checkpoint is complete, nothing is trained again.
     *
     * @throws DivergenceException when a value is no longer finite
     */
    TrainedModel fit(JobExecution job, SearchWorkspace workspace, int trial, Rung rung)
            throws IOException, JobInterruptedException {
        Lessons lessons = prepared.lessons(workspace.plan().training(workspace.point(trial), rung), workspace.folder());
        TrainingParameters parameters = lessons.plan().parameters();
        try {
            Guidance guidance = lessons.guidance(calibration(job, workspace, trial, rung, lessons));
            return new Trainer(lessons.fitting(guidance), parameters, properties.checkpointInterval())
                    .fit(
                            workspace.checkpoint(trial, rung.number()),
                            workspace.fingerprint(trial, rung),
                            model -> Evaluator.validationNdcg(
                                    model, lessons.data().split()),
                            epoch -> {},
                            () -> progress.stopAsked(job.getId()));
        } catch (TrainingStoppedException e) {
            throw new JobInterruptedException(Objects.requireNonNullElse(e.getMessage(), "stopped"));
        }
    }

    /** The gate of a trial; the first of the trials that share it fits it, and the others wait. */
    private @Nullable Calibration calibration(
            JobExecution job, SearchWorkspace workspace, int trial, Rung rung, Lessons lessons) throws IOException {
        if (!lessons.plan().regularizer().needsGate()) {
            return null;
        }
        Path file = workspace.calibration(trial, rung);
        synchronized (calibrating.computeIfAbsent(file, name -> new Object())) {
            try {
                if (!Files.exists(file)) {
                    TrainingParameters parameters = lessons.plan().parameters();
                    List<Path> warmUps = new ArrayList<>();
                    lessons.calibrate((number, fitting) -> {
                                Path warmUp =
                                        file.resolveSibling("%s.warm-up-%d".formatted(file.getFileName(), number));
                                warmUps.add(warmUp);
                                return new Trainer(fitting, parameters, properties.checkpointInterval())
                                        .warmUp(
                                                warmUp,
                                                "%d of %s of %s"
                                                        .formatted(
                                                                number,
                                                                file.getFileName(),
                                                                workspace.plan().fingerprint()),
                                                parameters.warmUpEpochs(),
                                                epoch -> {},
                                                () -> progress.stopAsked(job.getId()));
                            })
                            .write(file);
                    for (Path warmUp : warmUps) {
                        Files.deleteIfExists(warmUp);
                    }
                }
                return Calibration.read(file);
            } finally {
                calibrating.remove(file);
            }
        }
    }
}
