package dev.discern.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.Interval;
import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.Matrix.DayOrder;
import dev.discern.cli.api.Matrix.Estimate;
import dev.discern.cli.api.Matrix.Judge;
import dev.discern.cli.api.Matrix.Row;
import dev.discern.cli.api.TrainingApi.Evaluation.Comparison;
import dev.discern.cli.api.TrainingApi.Evaluation.Dataset;
import dev.discern.cli.api.TrainingApi.Gate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatrixTableTests {

    private static Row row(
            String name,
            String backbone,
            String regularizer,
            @Nullable Double rareGain,
            @Nullable Double all,
            @Nullable Gate gate) {
        return new Row(
                name,
                backbone,
                regularizer,
                reference(name, backbone, regularizer),
                regularizer.equals("gated") ? List.of("history judge-free") : List.of(),
                rareGain,
                Map.of("all", Map.of("ndcg@10", new Estimate(all), "recall@10", new Estimate(0.08))),
                Map.of("all", 9),
                gate,
                regularizer.equals("gated") ? List.of("beware") : null);
    }

    private static @Nullable String reference(String name, String backbone, String regularizer) {
        String off = backbone + " off";
        return regularizer.equals("none") || name.equals(off) ? null : off;
    }

    private static Comparison comparison(String a, String b, double difference) {
        return new Comparison(a, b, "all", "ndcg@10", difference, new Interval(difference - 0.001, difference + 0.001));
    }

    private static Matrix matrix(double logLoss) {
        Gate gate = new Gate(null, List.of(), logLoss, 0.65, 0.01, null, null, null);
        return new Matrix(
                new Dataset(1234, 99, 5678, 100, 20),
                List.of(1L, 2L),
                List.of(
                        row("popularity", "popularity", "none", null, 0.01, null),
                        row("history off", "history", "off", 0.0, 0.04, null),
                        row("history off, rare gain 2.0", "history", "off", 2.0, 0.045, null),
                        row("history gated", "history", "gated", 0.0, 0.042, gate),
                        row("history judge-free", "history", "judge-free", 0.0, null, null),
                        row("bpr-mf off", "bpr-mf", "off", null, 0.02, null)),
                List.of(
                        comparison("history gated", "history off, rare gain 2.0", -0.003),
                        comparison("history gated", "history off", 0.002),
                        comparison("history off, rare gain 2.0", "history off", 0.005),
                        comparison("history gated", "history judge-free", 0.0005),
                        comparison("history off", "popularity", 0.03)),
                List.of(new Judge("history", 5, "embedded/e5")),
                new DayOrder(1, 0.43));
    }

    @Test
    void eachBackboneHasABlockWithDifferencesToItsOff() {
        assertThat(new MatrixTable(matrix(0.62)).lines())
                .containsSubsequence(
                        "1,234 users, 99 items, 5,678 interactions; 6 models, seeds [1, 2]",
                        "Judge of history: embedded/e5, scoring run 5",
                        "Days shuffled with seed 1: 43 % of the test items share their day with the item before",
                        "",
                        "Without training",
                        "model       NDCG@10  of tail items  of unseen items  Recall@10",
                        "popularity  0.0100   –              –                0.0800",
                        "",
                        "history",
                        "model               NDCG@10                             of tail items  of unseen items  Recall@10",
                        "off                 0.0400                              –              –                0.0800",
                        "off, rare gain 2.0  0.0450 +0.0050 [+0.0040, +0.0060]*  –              –                0.0800",
                        "gated               0.0420 +0.0020 [+0.0010, +0.0030]*  –              –                0.0800",
                        "",
                        "bpr-mf");
    }

    @Test
    void gatedStandsBesideItsControls() {
        assertThat(new MatrixTable(matrix(0.62)).lines())
                .containsSubsequence(
                        "gated beside its controls: a gain that is none here owes the judge nothing",
                        "models                              NDCG@10                     of tail items  of unseen items  Recall@10",
                        "history gated − history judge-free  +0.0005 [-0.0005, +0.0015]  –              –                –");
    }

    @Test
    void saysInWordsWhetherTheJudgeTellsAnything() {
        assertThat(new MatrixTable(matrix(0.62)).lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("Gate of history gated: log loss on pairs that it was not fitted on: 0.6200 with")
                        .endsWith("the judge tells something new."))
                .contains("Warning, history gated: beware");
        assertThat(new MatrixTable(matrix(0.66)).lines())
                .anyMatch(line -> line.endsWith("the judge tells nothing new, and cannot help here."));
    }
}
