package dev.discern.training.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.artifact.TrainingState;
import dev.discern.common.db.JudgmentStore;
import dev.discern.common.db.Snapshot;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.gate.GateReport;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.Publisher;
import dev.discern.training.publish.Retention;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.EpochReport;
import dev.discern.training.trainer.Fitting;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.TrainedModel;
import dev.discern.training.trainer.Trainer;
import dev.discern.training.trainer.TrainingStoppedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What the steps of the training job do. Each may run again after a kill and then does only what is missing. */
@Component
class TrainingSteps {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingSteps.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<Map<String, String>> PARAMETERS = new TypeReference<>() {};
    private static final String VALIDATION_METRIC = "ndcg@10";

    private final WarmStarts warmStarts;
    private final FrozenData frozen;
    private final PreparedData prepared;
    private final Publisher publisher;
    private final ModelRegistry registry;
    private final JobProgress progress;
    private final Clock clock;
    private final Path checkpoints;
    private final CodeVersion codeVersion;
    private final JudgmentStore judgmentStore;
    private final Retention retention;
    private final TrainingMeters meters;
    private final TrainingProperties properties;

    TrainingSteps(
            WarmStarts warmStarts,
            FrozenData frozen,
            PreparedData prepared,
            Publisher publisher,
            ModelRegistry registry,
            JobProgress progress,
            Clock clock,
            @Value("${discern.home}") Path home,
            CodeVersion codeVersion,
            JudgmentStore judgmentStore,
            Retention retention,
            TrainingMeters meters,
            TrainingProperties properties) {
        this.warmStarts = warmStarts;
        this.frozen = frozen;
        this.prepared = prepared;
        this.publisher = publisher;
        this.registry = registry;
        this.progress = progress;
        this.clock = clock;
        this.checkpoints = home.resolve("checkpoints");
        this.codeVersion = codeVersion;
        this.judgmentStore = judgmentStore;
        this.retention = retention;
        this.meters = meters;
        this.properties = properties;
    }

    /** Reads the data once; every later step, and every restart, sees the same. */
    void snapshot(JobExecution job) throws IOException {
        TrainingPlan plan = TrainingPlan.of(job);
        JobFolder folder = TrainingWorkspace.open(checkpoints, job).folder();
        String encoder = null;
        if (plan.warmStart() != null) {
            warmStarts.keep(plan.warmStart(), folder);
            encoder = WarmStarts.encoder(folder);
        }
        frozen.write(folder, plan.needsTexts(), encoder, properties.trendHalfLifeDays());
    }

    /** Warms the backbone up and fits the gate on the audit pairs, where the regularizer needs one. */
    void calibrate(JobExecution job) throws IOException, JobInterruptedException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        if (!plan.regularizer().needsGate() || Files.exists(workspace.calibration())) {
            return;
        }
        Lessons lessons = prepared.lessons(plan, workspace.folder());
        try {
            lessons.calibrate((number, fitting) -> warmUp(job, plan, workspace, number, fitting))
                    .write(workspace.calibration());
        } catch (TrainingStoppedException e) {
            throw interrupted(e);
        }
        Files.deleteIfExists(workspace.warmUp(1));
        Files.deleteIfExists(workspace.warmUp(2));
    }

    /** Trains from the last checkpoint, if there is one, to the best validation metric. */
    void fit(JobExecution job) throws IOException, JobInterruptedException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        try {
            Trained done = train(job, plan, workspace);
            TrainedModel trained = done.model();
            List<String> warnings = new ArrayList<>(trained.warnings());
            if (done.lessons().beginning() != null) {
                warnings.addAll(done.lessons().beginning().warnings());
            }
            if (plan.backbone() == BackboneKind.HISTORY) {
                warnings.addAll(prepared.itemTexts(workspace.itemTexts()).warnings());
            }
            warnings.forEach(warning -> LOG.warn("job {}: {}", job.getId(), warning));
            JobResult.put(job, result(plan, workspace, version(plan, job), trained, warnings));
        } catch (TrainingStoppedException e) {
            throw interrupted(e);
        } finally {
            meters.end(job.getId());
        }
    }

    /** Writes the artifact of the trained model. */
    void export(JobExecution job) throws IOException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        Trained done = train(job, plan, workspace); // its checkpoint is complete: nothing is trained again
        TrainedModel trained = done.model();
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        publisher.publish(
                new Publisher.Name(
                        version(plan, job),
                        plan.backbone().label(),
                        plan.regularizer().label()),
                new Publisher.Model(
                        trained.model(),
                        trained.history(),
                        done.lessons().taught(calibration(plan, workspace)),
                        done.state()),
                Publisher.Data.of(snapshot, TrendFile.read(workspace.trend())),
                new Provenance(
                        snapshot.hash(),
                        plan.scoringRun(),
                        judgmentsHash(plan),
                        plan.seed(),
                        JSON.convertValue(plan.parameters(), PARAMETERS),
                        codeVersion.name(),
                        clock.instant(),
                        host(),
                        plan.warmStart(),
                        null,
                        snapshot.transactions()),
                Map.of("validation." + VALIDATION_METRIC, trained.validation()));
    }

    /** Adds the version to the registry; what the job needed to get here is no longer needed. */
    void register(JobExecution job) throws IOException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        String version = version(plan, job);
        if (registry.find(version).isEmpty()) {
            registry.register(new ModelVersion(
                    version,
                    plan.backbone().label(),
                    plan.regularizer().label(),
                    plan.seed(),
                    prepared.snapshot(workspace.snapshot()).hash(),
                    plan.scoringRun(),
                    judgmentsHash(plan),
                    JSON.writeValueAsString(plan.parameters()),
                    String.valueOf(JobResult.get(job)),
                    clock.instant(),
                    codeVersion.name(),
                    host(),
                    plan.warmStart(),
                    null,
                    null));
        }
        workspace.delete();
        try {
            retention.prune();
        } catch (RuntimeException e) { // the model is there: that others are still there too is no reason to fail
            LOG.warn("job {}: nothing could be retired: {}", job.getId(), e.toString());
        }
    }

    /** What a training job tells when it is done. */
    record Result(
            String version,
            String backbone,
            String regularizer,
            long seed,
            @Nullable String warmStart,
            int bestEpoch,
            int epochs,
            Map<String, Double> validation,
            @Nullable GateReport gate,
            List<String> warnings) {}

    private static Result result(
            TrainingPlan plan, TrainingWorkspace workspace, String version, TrainedModel trained, List<String> warnings)
            throws IOException {
        return new Result(
                version,
                plan.backbone().label(),
                plan.regularizer().label(),
                plan.seed(),
                plan.warmStart(),
                trained.bestEpoch(),
                trained.epochs(),
                Map.of(VALIDATION_METRIC, trained.validation()),
                plan.regularizer().needsGate()
                        ? Calibration.read(workspace.calibration()).report()
                        : null,
                warnings);
    }

    private DotProductModel warmUp(
            JobExecution job, TrainingPlan plan, TrainingWorkspace workspace, int number, Fitting fitting)
            throws IOException {
        return new Trainer(fitting, plan.parameters(), properties.checkpointInterval())
                .warmUp(
                        workspace.warmUp(number),
                        "warm-up %d of %s".formatted(number, fingerprint(job, plan, workspace)),
                        plan.parameters().warmUpEpochs(),
                        epoch -> reportWarmUp(job, number, epoch),
                        () -> progress.stopAsked(job.getId()));
    }

    /** A trained model, and what trained it, whose parameters are those of the best epoch. */
    private record Trained(Lessons lessons, Fitting fitting, TrainedModel model) {

        /** Null where the model's vectors are all that it has learned. */
        @Nullable
        TrainingState state() {
            return lessons.plan().backbone() == BackboneKind.BPR_MF
                    ? null
                    : lessons.learned(fitting).toState();
        }
    }

    private Trained train(JobExecution job, TrainingPlan plan, TrainingWorkspace workspace) throws IOException {
        Lessons lessons = prepared.lessons(plan, workspace.folder());
        Guidance guidance = lessons.guidance(calibration(plan, workspace));
        Fitting fitting = lessons.fitting(guidance);
        TrainedModel trained = new Trainer(fitting, plan.parameters(), properties.checkpointInterval())
                .fit(
                        workspace.checkpoint(),
                        fingerprint(job, plan, workspace),
                        model -> Evaluator.validationNdcg(model, lessons.data().split()),
                        epoch -> {
                            meters.report(job.getId(), plan, epoch);
                            report(job, epoch);
                        },
                        () -> progress.stopAsked(job.getId()));
        return new Trained(lessons, fitting, trained);
    }

    /** Null where the regularizer has no gate. */
    private static @Nullable Calibration calibration(TrainingPlan plan, TrainingWorkspace workspace)
            throws IOException {
        return plan.regularizer().needsGate() ? Calibration.read(workspace.calibration()) : null;
    }

    /** Names the work behind a checkpoint. */
    private String fingerprint(JobExecution job, TrainingPlan plan, TrainingWorkspace workspace) throws IOException {
        return "%d: %s on %s"
                .formatted(
                        job.getJobInstanceId(),
                        plan.fingerprint(),
                        prepared.snapshot(workspace.snapshot()).hash());
    }

    private static JobInterruptedException interrupted(TrainingStoppedException e) {
        return new JobInterruptedException(Objects.requireNonNullElse(e.getMessage(), "stopped"));
    }

    private void report(JobExecution job, EpochReport epoch) {
        String detail = String.format(
                Locale.ROOT,
                "loss %.4f, %s %.4f, best in epoch %d, %,.0f samples/s",
                epoch.loss(),
                VALIDATION_METRIC,
                epoch.validation(),
                epoch.bestEpoch(),
                epoch.samplesPerSecond());
        Map<String, Double> metrics = metrics(epoch);
        metrics.put("validation", epoch.validation());
        report(job, "fit", epoch, detail, metrics);
    }

    /** A warm-up has no validation. */
    private void reportWarmUp(JobExecution job, int model, EpochReport epoch) {
        String detail =
                String.format(Locale.ROOT, "%s, loss %.4f", model == 1 ? "warm-up" : "second warm-up", epoch.loss());
        report(job, "calibrate", epoch, detail, metrics(epoch));
    }

    private void report(JobExecution job, String step, EpochReport epoch, String detail, Map<String, Double> metrics) {
        progress.report(
                job.getId(), new Progress(step, epoch.epoch(), epoch.maxEpochs(), "epochs", detail, null, metrics));
    }

    private static Map<String, Double> metrics(EpochReport epoch) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("loss", epoch.loss());
        metrics.put("samplesPerSecond", epoch.samplesPerSecond());
        epoch.meanAlpha().ifPresent(alpha -> metrics.put("meanAlpha", alpha));
        return metrics;
    }

    /** A completed run does not change, so the hash is the same whenever a step asks for it. */
    private @Nullable String judgmentsHash(TrainingPlan plan) {
        Long run = plan.scoringRun();
        return run == null ? null : judgmentStore.hash(run).orElse(null);
    }

    private static String version(TrainingPlan plan, JobExecution job) {
        return "%s-%s-%d".formatted(plan.backbone().label(), plan.regularizer().label(), job.getJobInstanceId());
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
