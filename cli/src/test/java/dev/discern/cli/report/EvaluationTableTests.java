package dev.discern.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.Interval;
import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.api.TrainingApi.Evaluation.Comparison;
import dev.discern.cli.api.TrainingApi.Evaluation.Dataset;
import dev.discern.cli.api.TrainingApi.Evaluation.Model;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationTableTests {

    private static Model model(String regularizer, double auc) {
        return model("v-" + regularizer, "bpr-mf", regularizer, auc);
    }

    private static Model model(String version, String backbone, String regularizer, double auc) {
        return new Model(
                version,
                backbone,
                regularizer,
                1,
                Map.of("all", Map.of("auc", auc, "ndcg@10", 0.0123, "recall@20", 0.05, "users", 1234.0)));
    }

    private static Evaluation evaluation(List<Model> models, Comparison... comparisons) {
        return new Evaluation(new Dataset(1234, 10, 5678, 100, 2), models, List.of(comparisons), null);
    }

    @Test
    void showsValuesWithTheirDifferenceToOff() {
        Evaluation evaluation = evaluation(
                List.of(model("off", 0.68), model("gated", 0.737)),
                new Comparison("v-gated", "v-off", "all", "auc", 0.057, new Interval(0.05, 0.064)),
                new Comparison("v-gated", "v-off", "all", "ndcg@10", -0.0001, new Interval(-0.001, 0.0008)),
                new Comparison("v-gated", "v-off", "cold", "recall@20", 0.5, new Interval(0.4, 0.6)));
        assertThat(new EvaluationTable(evaluation).lines())
                .containsSubsequence(
                        "All users: 1,234",
                        "model  AUC                             NDCG@10                            Recall@20",
                        "off    0.680                           0.0123                             0.0500",
                        "gated  0.737 +0.057 [+0.050, +0.064]*  0.0123 -0.0001 [-0.0010, +0.0008]  0.0500")
                .contains("Differences are to off, with paired bootstrap 95 % intervals over users; * excludes zero.");
    }

    @Test
    void turnsAComparisonThatWasMadeTheOtherWayRound() {
        Evaluation evaluation = evaluation(
                List.of(model("off", 0.68), model("global", 0.6)),
                new Comparison("v-off", "v-global", "all", "auc", 0.08, new Interval(0.07, 0.09)));
        assertThat(new EvaluationTable(evaluation).lines())
                .anyMatch(line -> line.startsWith("global  0.600 -0.080 [-0.090, -0.070]*"));
    }

    @Test
    void severalBackbonesAreNamedAndComparedEachWithItsOwn() {
        Evaluation evaluation = evaluation(
                List.of(
                        model("h-off", "history", "off", 0.81),
                        model("h", "history", "gated", 0.82),
                        model("off", 0.7)),
                new Comparison("h", "h-off", "all", "auc", 0.01, new Interval(0.005, 0.015)),
                new Comparison("off", "h-off", "all", "auc", -0.11, new Interval(-0.12, -0.1)));
        assertThat(new EvaluationTable(evaluation).lines())
                .anyMatch(line -> line.startsWith("history gated  0.820 +0.010 [+0.005, +0.015]*"))
                .anyMatch(line -> line.matches("bpr-mf off +0\\.700 +0\\.0123.*"))
                .anyMatch(line -> line.startsWith("Differences are to off of the same backbone,"));
    }

    @Test
    void hasABlockForEachSliceThatSomebodyIsIn() {
        Map<String, Map<String, @Nullable Double>> metrics = new HashMap<>();
        metrics.put("all", figures(0.68, 9));
        metrics.put("cold", figures(null, 2));
        metrics.put("tail", Map.of("users", 0.0));
        metrics.put("unseen", figures(0.5, 1));

        assertThat(new EvaluationTable(evaluation(List.of(new Model("v-off", "history", "off", 1, metrics)))).lines())
                .containsExactly(
                        "",
                        "All users: 9",
                        "model  AUC    NDCG@10  Recall@20",
                        "off    0.680  0.0100   –",
                        "",
                        "Cold users (at most 3 interactions): 2",
                        "model  AUC  NDCG@10  Recall@20",
                        "off    –    0.0100   –",
                        "",
                        "Items without a training interaction: 1",
                        "model  AUC    NDCG@10  Recall@20",
                        "off    0.500  0.0100   –",
                        "",
                        "Differences are to off, with paired bootstrap 95 % intervals over users; * excludes zero.");
    }

    private static Map<String, @Nullable Double> figures(@Nullable Double auc, double users) {
        Map<String, @Nullable Double> figures = new HashMap<>();
        figures.put("auc", auc);
        figures.put("ndcg@10", 0.01);
        figures.put("users", users);
        return figures;
    }

    @Test
    void withoutABaselineThereAreNoDifferences() {
        assertThat(new EvaluationTable(evaluation(List.of(model("gated", 0.7)))).lines())
                .noneMatch(line -> line.contains("Differences"))
                .contains("gated  0.700  0.0123   0.0500");
    }
}
