package dev.discern.training.job;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which parameters to look for, and how; everything but the ranges has a default.
 *
 * @param backbone as of a {@link TrainingRequest}
 * @param regularizer as of a {@link TrainingRequest}
 * @param seed of what is drawn and of every trial's training, default 1
 * @param scoringRun as of a {@link TrainingRequest}
 * @param pairs as of a {@link TrainingRequest}
 * @param uncertainty as of a {@link TrainingRequest}
 * @param trials how many points of the ranges are tried, in [1, 256], default 16
 * @param strategy {@code random} (default) or {@code halving}
 * @param eta of {@code halving}: one trial of so many goes on to the next rung, in [2, 4], default 2
 * @param rungs of {@code halving}: how many, at most 6; by default as many as leave the first one a ninth of the epochs or more
 * @param ranges by the parameter's name
 * @param parameters what all trials have in common
 */
public record SearchRequest(
        @Nullable String backbone,
        @Nullable String regularizer,
        @Nullable Long seed,
        @Nullable Long scoringRun,
        @Nullable String pairs,

        @Schema(description = "as of a training job") @Nullable
        String uncertainty,

        @Nullable Integer trials,
        @Nullable String strategy,
        @Nullable Integer eta,
        @Nullable Integer rungs,
        @Nullable Map<String, @Nullable Range> ranges,
        @Nullable Map<String, Object> parameters) {

    /**
     * Where a parameter may lie: from {@code low} to {@code high}, or one of {@code values}.
     *
     * @param scale {@code linear} (default), or {@code log} where orders of magnitude are equally likely
     */
    public record Range(
            @Nullable Number low,
            @Nullable Number high,
            @Nullable String scale,
            @Nullable List<@Nullable Number> values) {}
}
