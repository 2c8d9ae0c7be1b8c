package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.training.gate.PairKind;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import dev.discern.training.trainer.TrainingParameters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a training job is to do, and its form as job parameters.
 *
 * @param scoringRun the run to learn from; null where the regularizer needs none
 * @param pairs the kind of pairs to teach; null for what suits the backbone best of what the run has
 * @param uncertainty what the gate takes for the model's uncertainty; null where there is no gate
 * @param warmStart the version whose parameters training begins with; null for fresh ones
 * @param dataVersion state of the data when the job was asked for
 */
public record TrainingPlan(
        BackboneKind backbone,
        RegularizerKind regularizer,
        long seed,
        @Nullable Long scoringRun,
        int threads,
        // Absent where the request says nothing: a request from before there was a choice is the same work.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PairKind pairs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UncertaintyKind uncertainty,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String warmStart,
        TrainingParameters parameters,
        String dataVersion) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A plan that begins with fresh parameters. */
    public TrainingPlan(
            BackboneKind backbone,
            RegularizerKind regularizer,
            long seed,
            @Nullable Long scoringRun,
            int threads,
            @Nullable PairKind pairs,
            @Nullable UncertaintyKind uncertainty,
            TrainingParameters parameters,
            String dataVersion) {
        this(backbone, regularizer, seed, scoringRun, threads, pairs, uncertainty, null, parameters, dataVersion);
    }

    public TrainingPlan {
        if (!backbone.parametersType().isInstance(parameters)) {
            throw new IllegalArgumentException("%s does not take %s"
                    .formatted(backbone.label(), parameters.getClass().getSimpleName()));
        }
        if (regularizer.needsJudgments() && scoringRun == null) {
            throw new InvalidParameterException(
                    "scoringRun",
                    "is missing: the regularizer %s learns from judgments".formatted(regularizer.label()));
        }
        if (regularizer.needsGate() == (uncertainty == null)) {
            throw new IllegalArgumentException(
                    "an uncertainty is what gates go by: expected one of %s where it has a gate, and none elsewhere, not %s"
                            .formatted(regularizer.label(), uncertainty));
        }
        if (threads < 1 || threads > 256) {
            throw new InvalidParameterException("threads", "must be in [1, 256], not " + threads);
        }
    }

    /** The same, learning from this run. */
    TrainingPlan learningFrom(long run) {
        return new TrainingPlan(
                backbone, regularizer, seed, run, threads, pairs, uncertainty, warmStart, parameters, dataVersion);
    }

    /** Identifying parameters: the same plan on the same data is the same work. */
    public JobParameters toJobParameters() {
        JobParametersBuilder builder = new JobParametersBuilder()
                .addString("backbone", backbone.label())
                .addString("regularizer", regularizer.label())
                .addLong("seed", seed)
                .addLong("threads", (long) threads)
                .addString("parameters", JSON.writeValueAsString(parameters))
                .addString("dataVersion", dataVersion);
        if (pairs != null) {
            builder.addString("pairs", pairs.label());
        }
        if (uncertainty != null) {
            builder.addString("uncertainty", uncertainty.label());
        }
        if (warmStart != null) {
            builder.addString("warmStart", warmStart);
        }
        if (scoringRun != null) {
            builder.addLong("scoringRun", scoringRun);
        }
        return builder.toJobParameters();
    }

    /** Whether it sees the vectors of items' texts. */
    boolean needsTexts() {
        return backbone == BackboneKind.HISTORY || regularizer != RegularizerKind.OFF;
    }

    /** Tells this work from other work, in other databases too. */
    String fingerprint() {
        return JSON.writeValueAsString(this);
    }

    static TrainingPlan of(JobExecution execution) {
        JobParameters parameters = execution.getJobParameters();
        BackboneKind backbone = BackboneKind.of(required(parameters, "backbone"));
        RegularizerKind regularizer = RegularizerKind.of(required(parameters, "regularizer"));
        return new TrainingPlan(
                backbone,
                regularizer,
                requiredLong(parameters, "seed"),
                parameters.getLong("scoringRun"),
                Math.toIntExact(requiredLong(parameters, "threads")),
                Optional.ofNullable(parameters.getString("pairs"))
                        .map(label -> PairKind.of(label).orElseThrow())
                        .orElse(null),
                uncertainty(parameters, regularizer),
                parameters.getString("warmStart"),
                JSON.readValue(required(parameters, "parameters"), backbone.parametersType()),
                required(parameters, "dataVersion"));
    }

    /** A job from before there was a choice went by the entropy of scores. */
    private static @Nullable UncertaintyKind uncertainty(JobParameters parameters, RegularizerKind regularizer) {
        return regularizer.needsGate()
                ? Optional.ofNullable(parameters.getString("uncertainty"))
                        .map(label -> UncertaintyKind.of(label).orElseThrow())
                        .orElse(UncertaintyKind.SCORE_ENTROPY)
                : null;
    }

    private static long requiredLong(JobParameters parameters, String name) {
        Long value = parameters.getLong(name);
        if (value == null) {
            throw new IllegalStateException("the job lacks its parameter " + name);
        }
        return value;
    }

    private static String required(JobParameters parameters, String name) {
        String value = parameters.getString(name);
        if (value == null) {
            throw new IllegalStateException("the job lacks its parameter " + name);
        }
        return value;
    }
}
