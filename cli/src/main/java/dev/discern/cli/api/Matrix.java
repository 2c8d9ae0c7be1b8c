package dev.discern.cli.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.cli.api.TrainingApi.Evaluation.Comparison;
import dev.discern.cli.api.TrainingApi.Evaluation.Dataset;
import dev.discern.cli.api.TrainingApi.Gate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Backbones by regularizers, each trained with several seeds: what the terminal shows of it. The whole report is in the files.
 *
 * @param comparisons of rows by name
 */
public record Matrix(Dataset dataset, List<Long> seeds, List<Row> rows, List<Comparison> comparisons) {

    /**
     * One model.
     *
     * @param regularizer {@code none} for what needs no training
     * @param rareGain how much more the text of rare items counts; null where a model has no such part
     * @param metrics slice to metric to value
     * @param users of each slice
     */
    public record Row(
            String name,
            String backbone,
            String regularizer,
            @Nullable Double rareGain,
            Map<String, Map<String, @Nullable Estimate>> metrics,
            Map<String, Integer> users,
            @Nullable Gate gate,
            @Nullable List<String> warnings) {}

    /** A mean over the seeds. */
    public record Estimate(@Nullable Double mean) {}

    /**
     * What to train.
     *
     * @param backbones all when null
     * @param regularizers all when null
     * @param scoringRun whose judgments to learn from
     * @param rescueRun a run with rescue pairs, for {@code history}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(
            @Nullable List<String> backbones,
            @Nullable List<String> regularizers,
            int seeds,
            @Nullable Long scoringRun,
            @Nullable Long rescueRun) {}

    /** The report, and the job whose files have all of it. */
    public record Completed(long job, Matrix report) {}
}
