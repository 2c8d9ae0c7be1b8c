package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.training.gate.UncertaintyKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.InvalidParameterException;
import dev.discern.training.trainer.RegularizerKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which models an evaluation trains and sets beside each other.
 *
 * @param backbones each is trained alone, too, whatever the regularizers
 * @param regularizers beside {@code off}; {@code gated} brings its controls
 * @param baselines whether what needs no training stands beside them
 * @param seeds how many, counted from 1
 * @param scoringRun whose judgments the backbones learn from; null where none of the regularizers needs any
 * @param rescueRun a run with rescue pairs, for strong backbones; {@code scoringRun} where null
 * @param uncertainty what gates take for the models' uncertainty; null for what suits each backbone
 * @param rareGains gains of rare items' texts, for backbones that have such a part: each a row of its own
 * @param lambdas weights among which λ is chosen on validation for those rivals that have no weight of their own
 * @param daySeed with which what a user had on one day (UTC) is shuffled before the split; null where it stays as it came. Then there is no
 *     judge, who was asked before and has seen what is held out after
 * @param dataVersion state of the data when the job was asked for
 */
public record MatrixPlan(
        List<BackboneKind> backbones,
        List<RegularizerKind> regularizers,
        boolean baselines,
        int seeds,
        @Nullable Long scoringRun,
        @Nullable Long rescueRun,
        // Absent where the request says nothing: a request from before there was a choice is the same work.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UncertaintyKind uncertainty,
        List<Float> rareGains,
        List<Float> lambdas,
        // Absent where the days are as they are: a plan from before there was a choice is the same work.
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long daySeed,
        String dataVersion) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PARAMETER = "matrix";
    private static final int MAX_SEEDS = 20;

    public MatrixPlan {
        backbones = List.copyOf(backbones);
        regularizers = List.copyOf(regularizers);
        rareGains = List.copyOf(rareGains);
        lambdas = List.copyOf(lambdas);
        if (seeds < 1 || seeds > MAX_SEEDS) {
            throw new InvalidParameterException("seeds", "must be in [1, %d], not %d".formatted(MAX_SEEDS, seeds));
        }
        if (uncertainty == UncertaintyKind.ENSEMBLE && seeds == 1) {
            throw new InvalidParameterException(
                    "seeds", "must be at least 2 for the uncertainty ensemble, which compares two of them, not 1");
        }
        if (backbones.isEmpty() && !baselines) {
            throw new InvalidParameterException("backbones", "must name one at least where there are no baselines");
        }
        for (float gain : rareGains) {
            if (!(gain >= 0 && gain <= 100)) {
                throw new InvalidParameterException("rareGains", "must be in [0, 100], not " + gain);
            }
        }
        if (rareGains.isEmpty()) {
            throw new InvalidParameterException("rareGains", "must name one gain at least; 0 is none");
        }
        for (float lambda : lambdas) {
            if (!(lambda > 0 && lambda <= 100)) {
                throw new InvalidParameterException("lambdas", "must be in (0, 100], not " + lambda);
            }
        }
        if (daySeed != null) {
            requireNoJudge(regularizers, scoringRun, rescueRun);
        }
        boolean judged = regularizers.stream().anyMatch(RegularizerKind::needsJudgments);
        boolean weak = backbones.stream().anyMatch(backbone -> !backbone.isStrong());
        if (judged && scoringRun == null && (rescueRun == null || weak)) {
            throw new InvalidParameterException(
                    "scoringRun", "is missing: some of the regularizers learn from judgments");
        }
    }

    private static void requireNoJudge(
            List<RegularizerKind> regularizers, @Nullable Long scoringRun, @Nullable Long rescueRun) {
        String why = "the judge was asked before the days were shuffled, and has seen what is held out now";
        if (scoringRun != null || rescueRun != null) {
            throw new InvalidParameterException(
                    scoringRun != null ? "scoringRun" : "rescueRun", "does not go with shuffleDays: " + why);
        }
        for (RegularizerKind regularizer : regularizers) {
            if (regularizer.needsJudgments()) {
                throw new InvalidParameterException(
                        "regularizers",
                        "%s does not go with shuffleDays: %s; off and kar learn from no judge"
                                .formatted(regularizer.label(), why));
            }
        }
    }

    /** Who taught whom: the scoring run of each backbone, and of what asks the judge alone. */
    Map<String, Long> teachers() {
        Map<String, Long> runs = new LinkedHashMap<>();
        if (regularizers.stream().anyMatch(RegularizerKind::needsJudgments)) {
            for (BackboneKind backbone : backbones) {
                Long run = runOf(backbone);
                if (run != null) {
                    runs.put(backbone.label(), run);
                }
            }
        }
        if (baselines && scoringRun != null) {
            runs.put(Baselines.JUDGE_ALONE, scoringRun);
        }
        return runs;
    }

    /** The run that a backbone learns from. */
    @Nullable
    Long runOf(BackboneKind backbone) {
        return backbone.isStrong() && rescueRun != null ? rescueRun : scoringRun;
    }

    /** The seeds themselves. */
    List<Long> seedList() {
        return LongStream.rangeClosed(1, seeds).boxed().toList();
    }

    /** Identifying parameters: the same plan on the same data is the same work. */
    public JobParameters toJobParameters() {
        return new JobParametersBuilder().addString(PARAMETER, fingerprint()).toJobParameters();
    }

    /** Tells this work from other work, in other databases too. */
    String fingerprint() {
        return JSON.writeValueAsString(this);
    }

    static MatrixPlan of(JobExecution execution) {
        return of(execution.getJobParameters());
    }

    static MatrixPlan of(JobParameters parameters) {
        String plan = parameters.getString(PARAMETER);
        if (plan == null) {
            throw new IllegalStateException("the job lacks its parameter " + PARAMETER);
        }
        return of(plan);
    }

    static MatrixPlan of(String json) {
        return JSON.readValue(json, MatrixPlan.class);
    }
}
