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
 * @param judges who taught whom
 * @param dayOrder null where items of one day stand in the order in which they arrived
 */
public record Matrix(
        Dataset dataset,
        List<Long> seeds,
        List<Row> rows,
        List<Comparison> comparisons,
        @Nullable List<Judge> judges,
        @Nullable DayOrder dayOrder) {

    /**
     * A judge, and who learned from it.
     *
     * @param of a backbone, or the baseline that asks the judge alone
     */
    public record Judge(String of, long run, String judge) {}

    /**
     * What users had on one day was shuffled before the split.
     *
     * @param sharedDays share of the test items that came on the day of the item before
     */
    public record DayOrder(long seed, double sharedDays) {}

    /**
     * One model.
     *
     * @param regularizer {@code none} for what needs no training
     * @param reference name of the row that its differences are to; null where there is none
     * @param controls names of the rows that a gated model has to beat
     * @param rareGain how much more the text of rare items counts; null where a model has no such part
     * @param metrics slice to metric to value
     * @param users of each slice
     */
    public record Row(
            String name,
            String backbone,
            String regularizer,
            @Nullable String reference,
            @Nullable List<String> controls,
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
     * @param shuffleDays whether to shuffle what a user had on one day; null for no
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Request(
            @Nullable List<String> backbones,
            @Nullable List<String> regularizers,
            int seeds,
            @Nullable Long scoringRun,
            @Nullable Long rescueRun,
            @Nullable Boolean shuffleDays) {}

    /** The report, and the job whose files have all of it. */
    public record Completed(long job, Matrix report) {}
}
