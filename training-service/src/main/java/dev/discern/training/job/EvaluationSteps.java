package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.discern.batch.JobProgress;
import dev.discern.batch.JobResult;
import dev.discern.batch.Progress;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.training.evaluation.EvaluationReport;
import dev.discern.training.evaluation.Evaluator;
import dev.discern.training.publish.ModelRegistry;
import dev.discern.training.publish.ModelVersion;
import dev.discern.training.trainer.RegularizerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the evaluation job does: tests published models on the data they were trained on. */
@Component
class EvaluationSteps {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SEPARATOR = ",";

    private final SnapshotReader snapshots;
    private final ModelRegistry registry;
    private final Aliases aliases;
    private final JobProgress progress;

    EvaluationSteps(SnapshotReader snapshots, ModelRegistry registry, Aliases aliases, JobProgress progress) {
        this.snapshots = snapshots;
        this.registry = registry;
        this.aliases = aliases;
        this.progress = progress;
    }

    static JobParameters parameters(List<String> versions, long seed) {
        return new JobParametersBuilder()
                .addString("models", String.join(SEPARATOR, versions))
                .addLong("seed", seed)
                .toJobParameters();
    }

    /** The report and, where a gated model is among them, its gate. */
    record Result(
            @JsonUnwrapped EvaluationReport report,
            @Nullable JsonNode gate) {}

    void evaluate(JobExecution job) {
        JobParameters parameters = job.getJobParameters();
        List<String> versions =
                List.of(Objects.requireNonNull(parameters.getString("models")).split(SEPARATOR));
        long seed = Objects.requireNonNull(parameters.getLong("seed"));
        Snapshot snapshot = snapshots.read();
        TemporalSplit split = TemporalSplit.leaveLastTwoOut(snapshot.histories());
        List<EvaluationReport.Candidate> candidates = new ArrayList<>();
        for (String version : versions) {
            candidates.add(candidate(version, snapshot, split));
        }
        Evaluator evaluator = new Evaluator(snapshot.histories(), split);
        EvaluationReport report = evaluator.evaluate(
                candidates,
                seed,
                done -> progress.report(
                        job.getId(),
                        new Progress("evaluate", done, versions.size(), "models", versions.get(done - 1))));
        JobResult.put(job, new Result(report, gate(versions)));
    }

    private EvaluationReport.Candidate candidate(String version, Snapshot snapshot, TemporalSplit split) {
        Artifact artifact = ArtifactReader.read(aliases.modelFolder(version));
        if (!artifact.manifest().provenance().dataHash().equals(snapshot.hash())) {
            throw new IllegalStateException(
                    "model %s was trained on other data than there is now; train it again to compare it"
                            .formatted(version));
        }
        return new EvaluationReport.Candidate(
                version,
                artifact.manifest().backbone(),
                artifact.manifest().regularizer(),
                artifact.manifest().provenance().seed(),
                TestTimeModel.of(artifact, split));
    }

    private @Nullable JsonNode gate(List<String> versions) {
        return versions.stream()
                .flatMap(version -> registry.find(version).stream())
                .filter(model -> model.regularizer().equals(RegularizerKind.GATED.label()))
                .map(ModelVersion::summary)
                .map(summary -> JSON.readTree(summary).get("gate"))
                .findFirst()
                .orElse(null);
    }
}
