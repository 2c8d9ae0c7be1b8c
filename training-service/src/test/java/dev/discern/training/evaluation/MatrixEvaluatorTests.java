package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.dataset.TrainingData;
import dev.discern.training.evaluation.MatrixReport.Comparison;
import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Row;
import dev.discern.training.testing.PlantedData;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MatrixEvaluatorTests {

    private static final PlantedData PLANTED = PlantedData.small();

    private final InteractionMatrix histories = PLANTED.histories();
    private final TrainingData data = PLANTED.data();
    private final Evaluator evaluator = new Evaluator(histories, data.split());
    private final Ranking tastes = ranking(1);
    private final Ranking noise = ranking(0);

    @Test
    void aFigureIsTheMeanOverTheSeedsWithItsDeviation() {
        MatrixReport report = report(off(List.of(tastes, noise)), contender("one", "off", "m gated", List.of(tastes)));

        double high = mean(tastes);
        double low = mean(noise);
        Estimate estimate = metric(report.rows().get(0));
        assertThat(estimate.mean()).isCloseTo((high + low) / 2, within(1e-6));
        assertThat(estimate.deviation()).isNotNull().isCloseTo((high - low) / Math.sqrt(2), within(1e-6));
        assertThat(metric(report.rows().get(1)).deviation()).isNull();
    }

    @Test
    void differencesAreOfEachUsersMeanOverTheSeeds() {
        MatrixReport report =
                report(off(List.of(noise, noise)), contender("gated", "m off", "m gated", List.of(tastes, noise)));

        Comparison comparison = report.comparisons().stream()
                .filter(c -> c.slice().equals("all") && c.metric().equals("auc"))
                .findFirst()
                .orElseThrow();
        assertThat(comparison.a()).isEqualTo("m gated");
        assertThat(comparison.b()).isEqualTo("m off");
        assertThat(comparison.difference()).isCloseTo((mean(tastes) - mean(noise)) / 2, within(1e-6));
        assertThat(comparison.ci95().getFirst())
                .isLessThan(comparison.difference())
                .isPositive();
        assertThat(comparison.ci95().getLast()).isGreaterThan(comparison.difference());
    }

    @Test
    void gatedIsComparedWithItsControlsAndNothingElseIs() {
        MatrixReport report = report(
                off(List.of(noise)),
                contender("gated", "m off", "m gated", List.of(tastes)),
                contender("placebo", "m off", "m placebo", List.of(noise)),
                contender("global", "m off", "m global", List.of(noise)));

        assertThat(report.comparisons().stream().map(c -> c.a() + " - " + c.b()).distinct())
                .containsExactlyInAnyOrder(
                        "m gated - m off", "m placebo - m off", "m global - m off", "m gated - m placebo");
        assertThat(report.rows()).extracting(Row::reference).containsExactly(null, "m off", "m off", "m off");
        assertThat(report.rows())
                .extracting(Row::controls)
                .containsExactly(List.of(), List.of("m placebo"), List.of(), List.of());
    }

    @Test
    void offIsComparedWithBaselinesAndWithItselfUnderAnotherGain() {
        MatrixReport report = report(
                contender("none", null, "popularity", List.of(noise)),
                off(List.of(noise)),
                contender("off", "m off", "m off, rare gain 2", List.of(tastes)));

        assertThat(report.comparisons().stream().map(c -> c.a() + " - " + c.b()).distinct())
                .containsExactlyInAnyOrder(
                        "m off - popularity", "m off, rare gain 2 - popularity", "m off, rare gain 2 - m off");
    }

    @Test
    void ofASliceWithoutUsersThereIsNothingToTell() {
        Row row = report(off(List.of(tastes))).rows().getFirst();

        assertThat(row.users().get("unseen")).isZero();
        assertThat(row.metrics()).containsKey("tail").doesNotContainKey("unseen");
    }

    @Test
    void rankingsOfOtherDataAreRefused() {
        Ranking other = new Ranking(new double[1], new int[1], new int[1][]);

        assertThatThrownBy(() -> report(off(List.of(other))))
                .hasMessageStartingWith("model m off was ranked on other data");
    }

    private MatrixReport report(Contender... contenders) {
        return new MatrixEvaluator(histories, data.split()).report(List.of(contenders), List.of(1L), 1);
    }

    private static Contender off(List<Ranking> rankings) {
        return contender("off", null, "m off", rankings);
    }

    private static Contender contender(
            String regularizer, @Nullable String reference, String name, List<Ranking> rankings) {
        return new Contender(
                name, reference, "m", regularizer, null, null, false, 0.1, rankings, 1, 1, null, List.of());
    }

    private static Estimate metric(Row row) {
        return row.metrics().getOrDefault("all", java.util.Map.of()).getOrDefault("auc", new Estimate(-1, null));
    }

    private double mean(Ranking ranking) {
        return new UserMetrics(ranking)
                .mean(
                        Metric.AUC,
                        Slice.main(Task.test(data.split()), data.popularity()).getFirst());
    }

    /** Of a model that knows so much of the tastes, and has some noise. */
    private Ranking ranking(float knows) {
        SplittableRandom random = new SplittableRandom(3);
        float[] users = new float[data.users()];
        float[] items = new float[data.items()];
        float[] bias = new float[data.items()];
        for (int user = 0; user < users.length; user++) {
            users[user] = PLANTED.likes(user, 0) ? knows : -knows;
        }
        for (int item = 0; item < items.length; item++) {
            items[item] = PLANTED.likes(0, item) ? 1 : -1;
            bias[item] = (float) random.nextGaussian();
        }
        return evaluator.rank(DotProductScorer.of(new DotProductModel(1, users, items, bias)));
    }
}
