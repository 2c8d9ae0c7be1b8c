package dev.discern.training.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.backbone.Scorer;
import java.util.List;
import java.util.Map;

/** The outcome of an evaluation; its JSON form is read by tools. */
public record EvaluationReport(Dataset dataset, List<ModelResult> models, List<Comparison> comparisons) {

    /** The data that was tested on; {@code tailItems} counts long-tail items of the catalogue. */
    public record Dataset(int users, int items, long interactions, int coldUsers, int tailItems) {}

    /** A model to evaluate: how it was made and what it scores with. */
    public record Candidate(String version, String backbone, String regularizer, long seed, Scorer scorer) {

        public Candidate(String version, String backbone, String regularizer, long seed, DotProductModel model) {
            this(version, backbone, regularizer, seed, DotProductScorer.of(model));
        }
    }

    /**
     * One model's figures.
     *
     * @param metrics by slice ({@code all}, {@code cold}, {@code tail}, {@code unseen}, {@code head}), then metric; {@code users} counts
     *     the slice
     * @param reweighted by slice, then metric: means in which items weigh what they weigh in the data, not in the test
     * @param grid the same for each cell of history length by popularity
     */
    public record ModelResult(
            String version,
            String backbone,
            String regularizer,
            long seed,
            Map<String, Map<String, Number>> metrics,
            Map<String, Map<String, Number>> reweighted,
            List<GridCell> grid,
            @JsonUnwrapped Exposure exposure) {}

    /** A cell of the grid. */
    public record GridCell(String historyLength, String popularity, Map<String, Number> metrics) {}

    /**
     * A paired difference.
     *
     * @param a version
     * @param b version
     * @param difference mean of a minus mean of b
     * @param ci95 low and high end of the 95 % bootstrap interval over users
     */
    public record Comparison(String a, String b, String slice, String metric, double difference, List<Double> ci95) {}
}
