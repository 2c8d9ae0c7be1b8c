package dev.discern.training.evaluation;

import dev.discern.training.gate.GateReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many models on one split: backbones by regularizers, each trained with several seeds, and what needs no training beside them. Its
 * JSON form is read by tools.
 *
 * @param seeds of training, the same for every row
 * @param rows each backbone alone first, then the baselines, then the regularized models by backbone
 * @param comparisons each row with its reference, {@code gated} with its controls, and each backbone alone with the baselines
 * @param judges who taught whom; empty where nobody learned from a judge
 * @param dayOrder null where items of one day stand in the order in which they arrived
 */
public record MatrixReport(
        EvaluationReport.Dataset dataset,
        List<Long> seeds,
        List<Row> rows,
        List<Comparison> comparisons,
        List<Judge> judges,
        @Nullable DayOrder dayOrder) {

    public MatrixReport(
            EvaluationReport.Dataset dataset, List<Long> seeds, List<Row> rows, List<Comparison> comparisons) {
        this(dataset, seeds, rows, comparisons, List.of(), null);
    }

    /** The same figures, with what the models were made of. */
    public MatrixReport with(List<Judge> whom, @Nullable DayOrder order) {
        return new MatrixReport(dataset, seeds, rows, comparisons, whom, order);
    }

    /**
     * A judge, and who learned from it.
     *
     * @param of a backbone, or the baseline that asks the judge alone
     * @param run the scoring run
     * @param judge its name there
     */
    public record Judge(String of, long run, String judge) {}

    /**
     * What users had on one day (UTC) was shuffled before the split.
     *
     * @param seed of the shuffle
     * @param sharedDays share of the test items that came on the day of the item before, in [0, 1]
     */
    public record DayOrder(long seed, double sharedDays) {}

    /**
     * One model of the matrix.
     *
     * @param name unique in the report, for example {@code history gated}
     * @param backbone or the baseline's name
     * @param regularizer {@code none} for a baseline
     * @param reference name of the row that its differences are to; null where there is none
     * @param controls names of the rows that a gated model has to beat before the judge may take the credit; empty for others
     * @param rareGain how much more the text of rare items counts; null where a model has no such part
     * @param lambda weight of the regularizer; null where it has none
     * @param tuned whether λ was chosen on validation
     * @param validation mean NDCG@10 of the validation items; null for a baseline
     * @param metrics by slice ({@code all}, {@code cold}, {@code tail}, {@code unseen}, {@code head}), then metric
     * @param reweighted the same, an item weighing in the test what it weighs in the data
     * @param users of each slice
     * @param grid NDCG@10 by history length and popularity
     * @param exposure of the first seed
     * @param seconds of training, mean over seeds
     * @param megabytes of the vectors that serving would load; 0 where nothing is exported
     * @param gate of the first seed; null where there is none
     */
    public record Row(
            String name,
            String backbone,
            String regularizer,
            @Nullable String reference,
            List<String> controls,
            @Nullable Double rareGain,
            @Nullable Double lambda,
            boolean tuned,
            @Nullable Double validation,
            Map<String, Map<String, Estimate>> metrics,
            Map<String, Map<String, Estimate>> reweighted,
            Map<String, Integer> users,
            List<Cell> grid,
            Exposure exposure,
            double seconds,
            double megabytes,
            @Nullable GateReport gate,
            List<String> warnings) {}

    /**
     * A figure over the seeds.
     *
     * @param deviation standard deviation; null with one seed
     */
    public record Estimate(double mean, @Nullable Double deviation) {}

    /** A cell of the grid. */
    public record Cell(String historyLength, String popularity, int users, double ndcg10) {}

    /**
     * A paired difference of two rows' means over the seeds.
     *
     * @param a name of a row
     * @param b name of a row
     * @param difference a minus b
     * @param ci95 low and high end of the 95 % bootstrap interval over users
     */
    public record Comparison(String a, String b, String slice, String metric, double difference, List<Double> ci95) {}
}
