package dev.discern.training.evaluation;

import dev.discern.training.evaluation.MatrixReport.Cell;
import dev.discern.training.evaluation.MatrixReport.Comparison;
import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Row;
import dev.discern.training.gate.GateReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A small report on one backbone, its guided model and two controls, and a baseline. */
public final class MatrixFixture {

    private MatrixFixture() {}

    /** The report. */
    public static MatrixReport report() {
        return report("popularity", 0.62);
    }

    static MatrixReport report(String baseline, double logLoss) {
        GateReport gate = new GateReport("candidates", List.of(), logLoss, 0.65, 0.01, 0.02, 1200, 1100);
        return new MatrixReport(
                new EvaluationReport.Dataset(1234, 99, 5678, 100, 20),
                List.of(1L, 2L),
                List.of(
                        row(baseline, baseline, "none", null, 0.01, 0.001, null),
                        row("history off", "history", "off", null, 0.04, 0.01, null),
                        row("history gated", "history", "gated", 0.3, 0.042, 0.02, gate),
                        row("history judge-free", "history", "judge-free", 0.3, 0.041, 0.011, gate),
                        row("history placebo", "history", "placebo", 0.3, 0.04, 0.01, gate)),
                List.of(
                        new Comparison("history off", baseline, "all", "ndcg@10", 0.03, List.of(0.02, 0.04)),
                        new Comparison("history gated", "history off", "all", "ndcg@10", 0.002, List.of(-0.001, 0.005)),
                        new Comparison("history gated", "history off", "tail", "ndcg@10", 0.01, List.of(0.004, 0.016)),
                        new Comparison(
                                "history gated", "history judge-free", "all", "ndcg@10", 0.001, List.of(-0.002, 0.004)),
                        new Comparison(
                                "history gated", "history judge-free", "tail", "ndcg@10", 0.009, List.of(0.003, 0.015)),
                        new Comparison(
                                "history gated", "history placebo", "all", "ndcg@10", 0.002, List.of(-0.001, 0.005)),
                        new Comparison(
                                "history gated", "history placebo", "tail", "ndcg@10", 0.01, List.of(0.004, 0.016))));
    }

    private static Row row(
            String name,
            String backbone,
            String regularizer,
            @Nullable Double lambda,
            double all,
            double tail,
            @Nullable GateReport gate) {
        boolean trained = !regularizer.equals("none");
        return new Row(
                name,
                backbone,
                regularizer,
                trained && !regularizer.equals("off") ? "history off" : null,
                regularizer.equals("gated") ? List.of("history judge-free", "history placebo") : List.of(),
                null,
                lambda,
                regularizer.equals("placebo"),
                trained ? 0.05 : null,
                Map.of(
                        "all",
                        Map.of(
                                "ndcg@10",
                                new Estimate(all, 0.0005),
                                "recall@10",
                                new Estimate(0.08, null),
                                "auc",
                                new Estimate(0.8125, 0.001)),
                        "tail",
                        Map.of("ndcg@10", new Estimate(tail, 0.0002))),
                Map.of("all", Map.of("ndcg@10", new Estimate(all / 2, null))),
                Map.of("all", 1234, "tail", 321),
                List.of(new Cell("<=3", ">50", 12, all), new Cell(">10", "<=5", 0, 0)),
                new Exposure(0.25, 0.75, 0.9, -0.125),
                12.34,
                trained ? 1.5 : 0,
                gate,
                regularizer.equals("placebo") ? List.of("stopped | late") : List.of());
    }
}
