package dev.discern.training.job;

import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.common.random.Seeds;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.dataset.Judgments;
import dev.discern.training.dataset.TextVectors;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.gate.CalibratedGate;
import dev.discern.training.gate.GateReport;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.publish.Publisher;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfFitting;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.EpochReport;
import dev.discern.training.trainer.Fitting;
import dev.discern.training.trainer.Guidance;
import dev.discern.training.trainer.HistoryFitting;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.LightGcnFitting;
import dev.discern.training.trainer.LightGcnParameters;
import dev.discern.training.trainer.RegularizerKind;
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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.info.BuildProperties;
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

    private final SnapshotReader snapshots;
    private final ItemStore items;
    private final ItemVectorStore itemVectors;
    private final PreparedData prepared;
    private final Publisher publisher;
    private final ModelRegistry registry;
    private final JobProgress progress;
    private final Clock clock;
    private final Path checkpoints;
    private final String codeVersion;

    TrainingSteps(
            SnapshotReader snapshots,
            ItemStore items,
            ItemVectorStore itemVectors,
            PreparedData prepared,
            Publisher publisher,
            ModelRegistry registry,
            JobProgress progress,
            Clock clock,
            @Value("${discern.home}") Path home,
            ObjectProvider<BuildProperties> build) {
        this.snapshots = snapshots;
        this.items = items;
        this.itemVectors = itemVectors;
        this.prepared = prepared;
        this.publisher = publisher;
        this.registry = registry;
        this.progress = progress;
        this.clock = clock;
        this.checkpoints = home.resolve("checkpoints");
        BuildProperties properties = build.getIfAvailable();
        this.codeVersion = properties == null ? "unknown" : String.valueOf(properties.getVersion());
    }

    /** Reads the data once; every later step, and every restart, sees the same. */
    void snapshot(JobExecution job) throws IOException {
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        if (!Files.exists(workspace.snapshot())) {
            SnapshotFile.write(workspace.snapshot(), snapshots.read());
        }
        if (TrainingPlan.of(job).parameters() instanceof HistoryParameters parameters
                && !Files.exists(workspace.itemFeatures())) {
            TextVectors vectors = TextVectors.read(prepared.snapshot(workspace.snapshot()), items, itemVectors);
            ItemFeatures.of(vectors, parameters.dim(), parameters.contentDim()).write(workspace.itemFeatures());
        }
    }

    /** Warms the backbone up and fits the gate on the audit pairs, where the regularizer needs one. */
    void calibrate(JobExecution job) throws IOException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        if (!plan.regularizer().needsGate() || Files.exists(workspace.calibration())) {
            return;
        }
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        TrainingData data = prepared.trainingData(snapshot);
        Judgments judgments = judgments(plan, snapshot);
        Seeds seeds = new Seeds(plan.seed());
        DotProductModel warmedUp = new Trainer(fitting(plan, workspace, data, Guidance.none()), plan.parameters())
                .warmUp(plan.parameters().warmUpEpochs(), epoch -> report(job, "calibrate", epoch));
        CalibratedGate gate = CalibratedGate.fit(judgments.audits(), data, warmedUp, seeds);
        float[] targets = plan.regularizer() == RegularizerKind.GATED
                ? gate.targets(judgments.pairs())
                : gate.judgeFreeTargets(judgments.pairs());
        new Calibration(gate.report(), targets).write(workspace.calibration());
    }

    /** Trains from the last checkpoint, if there is one, to the best validation metric. */
    void fit(JobExecution job) throws IOException, JobInterruptedException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        try {
            TrainedModel trained = train(job, plan, workspace);
            List<String> warnings = new ArrayList<>(trained.warnings());
            if (plan.backbone() == BackboneKind.HISTORY) {
                warnings.addAll(prepared.itemFeatures(workspace.itemFeatures()).warnings());
            }
            warnings.forEach(warning -> LOG.warn("job {}: {}", job.getId(), warning));
            JobResult.put(job, result(plan, workspace, version(plan, job), trained, warnings));
        } catch (TrainingStoppedException e) {
            throw new JobInterruptedException(Objects.requireNonNullElse(e.getMessage(), "stopped"));
        }
    }

    /** Writes the artifact of the trained model. */
    void export(JobExecution job) throws IOException {
        TrainingPlan plan = TrainingPlan.of(job);
        TrainingWorkspace workspace = TrainingWorkspace.open(checkpoints, job);
        TrainedModel trained = train(job, plan, workspace); // its checkpoint is complete: nothing is trained again
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        publisher.publish(
                new Publisher.Name(
                        version(plan, job),
                        plan.backbone().label(),
                        plan.regularizer().label()),
                trained.model(),
                trained.history(),
                snapshot,
                new Provenance(
                        snapshot.hash(),
                        plan.scoringRun(),
                        null,
                        plan.seed(),
                        JSON.convertValue(plan.parameters(), PARAMETERS),
                        codeVersion,
                        clock.instant(),
                        host()),
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
                    null,
                    JSON.writeValueAsString(plan.parameters()),
                    String.valueOf(JobResult.get(job)),
                    clock.instant()));
        }
        workspace.delete();
    }

    /** What a training job tells when it is done. */
    record Result(
            String version,
            String backbone,
            String regularizer,
            long seed,
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
                trained.bestEpoch(),
                trained.epochs(),
                Map.of(VALIDATION_METRIC, trained.validation()),
                plan.regularizer().needsGate()
                        ? Calibration.read(workspace.calibration()).report()
                        : null,
                warnings);
    }

    private TrainedModel train(JobExecution job, TrainingPlan plan, TrainingWorkspace workspace) throws IOException {
        Snapshot snapshot = prepared.snapshot(workspace.snapshot());
        TrainingData data = prepared.trainingData(snapshot);
        Trainer trainer = new Trainer(
                fitting(plan, workspace, data, guidance(plan, workspace, snapshot, data)), plan.parameters());
        return trainer.fit(
                workspace.checkpoint(),
                "%d: %s on %s".formatted(job.getJobInstanceId(), plan.fingerprint(), snapshot.hash()),
                model -> Evaluator.validationNdcg(model, data.split()),
                epoch -> report(job, "fit", epoch),
                () -> progress.stopAsked(job.getId()));
    }

    private Fitting fitting(TrainingPlan plan, TrainingWorkspace workspace, TrainingData data, Guidance guidance)
            throws IOException {
        Seeds seeds = new Seeds(plan.seed());
        return switch (plan.parameters()) {
            case BprMfParameters parameters ->
                new BprMfFitting(data, parameters, plan.threads(), seeds, guidance, Kernels.best());
            case HistoryParameters parameters ->
                new HistoryFitting(
                        data,
                        prepared.itemFeatures(workspace.itemFeatures()).features(),
                        parameters,
                        seeds,
                        guidance,
                        Kernels.best());
            case LightGcnParameters parameters ->
                new LightGcnFitting(data, parameters, seeds, guidance, Kernels.best());
        };
    }

    private Guidance guidance(TrainingPlan plan, TrainingWorkspace workspace, Snapshot snapshot, TrainingData data)
            throws IOException {
        return switch (plan.regularizer()) {
            case OFF -> Guidance.none();
            case GATED, JUDGE_FREE ->
                Guidance.calibrated(
                        judgments(plan, snapshot).pairs(),
                        Calibration.read(workspace.calibration()).targets(),
                        plan.parameters());
            case GLOBAL -> Guidance.global(judgments(plan, snapshot), plan.parameters());
            case POINTWISE -> Guidance.pointwise(judgments(plan, snapshot), plan.parameters());
            case PAPER -> Guidance.paper(judgments(plan, snapshot), data, plan.parameters());
        };
    }

    private Judgments judgments(TrainingPlan plan, Snapshot snapshot) {
        return prepared.judgments(Objects.requireNonNull(plan.scoringRun()), snapshot);
    }

    private void report(JobExecution job, String step, EpochReport epoch) {
        String detail = step.equals("fit")
                ? String.format(
                        Locale.ROOT,
                        "loss %.4f, %s %.4f, best in epoch %d, %.1f M samples/s",
                        epoch.loss(),
                        VALIDATION_METRIC,
                        epoch.validation(),
                        epoch.bestEpoch(),
                        epoch.samplesPerSecond() / 1e6)
                : String.format(Locale.ROOT, "warm-up, loss %.4f", epoch.loss());
        progress.report(job.getId(), new Progress(step, epoch.epoch(), epoch.maxEpochs(), "epochs", detail));
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
