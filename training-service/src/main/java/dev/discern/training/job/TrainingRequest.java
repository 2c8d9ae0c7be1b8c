package dev.discern.training.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.training.trainer.BprMfParameters;
import dev.discern.training.trainer.HistoryParameters;
import dev.discern.training.trainer.LightGcnParameters;
import dev.discern.training.trainer.RegularizerKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to train; everything has a default.
 *
 * @param backbone {@code history} (default), {@code bpr-mf}, {@code lightgcn}
 * @param regularizer {@code off} (default), {@code gated}, {@code judge-free}, {@code judge-picks}, {@code placebo}, {@code global},
 *     {@code pointwise}, {@code llm-cf}, {@code kar}, {@code paper}
 * @param seed default 1
 * @param scoringRun whose judgments to learn from; by default the newest completed run with pairs that suit the backbone. {@code off} and
 *     {@code kar} need none
 * @param pairs which of the run's pairs to teach, {@code uniform} or {@code rescue}; by default what suits the backbone best of what the
 *     run has
 * @param uncertainty what the gate takes for the model's uncertainty, {@code score-entropy}, {@code candidates}, {@code dropout} or
 *     {@code ensemble}, which trains a second model to fit the gate on; default score-entropy
 * @param threads default 1, which makes a run of {@code bpr-mf} repeatable to the bit; one of {@code history} always is
 * @param warmStart the version whose parameters training begins with, or {@code champion} for the one that is champion by then; fresh
 *     ones by default
 * @param parameters any of {@link BprMfParameters}, {@link HistoryParameters} or {@link LightGcnParameters}, as the backbone is
 */
public record TrainingRequest(
        @Nullable String backbone,
        @Nullable String regularizer,
        @Nullable Long seed,
        @Nullable Long scoringRun,
        @Nullable String pairs,

        @Schema(
                description = "what the gate takes for the model's uncertainty; ensemble trains a second model for it",
                allowableValues = {"score-entropy", "candidates", "dropout", "ensemble"},
                defaultValue = "score-entropy")
        @Nullable
        String uncertainty,

        @Nullable Integer threads,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String warmStart,
        @Nullable Map<String, Object> parameters) {

    /** A request to begin with fresh parameters. */
    TrainingRequest(
            @Nullable String backbone,
            @Nullable String regularizer,
            @Nullable Long seed,
            @Nullable Long scoringRun,
            @Nullable String pairs,
            @Nullable String uncertainty,
            @Nullable Integer threads,
            @Nullable Map<String, Object> parameters) {
        this(backbone, regularizer, seed, scoringRun, pairs, uncertainty, threads, null, parameters);
    }

    /** The same with its defaults written out. */
    TrainingRequest complete() {
        return new TrainingRequest(
                backbone == null ? BackboneKind.DEFAULT.label() : backbone,
                regularizer == null ? RegularizerKind.OFF.label() : regularizer,
                seed == null ? Long.valueOf(1) : seed,
                scoringRun,
                pairs,
                uncertainty,
                threads == null ? Integer.valueOf(1) : threads,
                warmStart,
                parameters == null ? Map.of() : parameters);
    }

    /** The same, beginning with this version. */
    TrainingRequest withWarmStart(String version) {
        return new TrainingRequest(
                backbone, regularizer, seed, scoringRun, pairs, uncertainty, threads, version, parameters);
    }
}
