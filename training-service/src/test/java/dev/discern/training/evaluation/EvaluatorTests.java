package dev.discern.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.data.TemporalSplit;
import dev.discern.common.random.Seeds;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.backbone.DotProductScorer;
import dev.discern.training.evaluation.EvaluationReport.Candidate;
import dev.discern.training.evaluation.EvaluationReport.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EvaluatorTests {

    private static final int USERS = 150;
    private static final int ITEMS = 83;
    private static final int DIM = 7;

    private final SplittableRandom random = new Seeds(11).random("evaluator");
    private final InteractionMatrix histories = histories();
    private final TemporalSplit split = TemporalSplit.leaveLastTwoOut(histories);
    private final Evaluator evaluator = new Evaluator(histories, split);

    @Test
    void ranksByHandOnATinyCatalogue() {
        // One user who had items 0 and 1 (1 is the validation item); 2 is the test item; scores fall from item 4 to
        // item 0.
        InteractionMatrix one = new InteractionMatrix(5, new int[] {0, 3}, new int[] {0, 1, 2});
        DotProductModel model =
                new DotProductModel(1, new float[] {1}, new float[] {0, 0, 0, 0, 0}, new float[] {9, 8, 1, 3, 2});

        EvaluationReport report = new Evaluator(one, TemporalSplit.leaveLastTwoOut(one))
                .evaluate(List.of(new Candidate("m", "bpr-mf", "off", 1, model)), 1, done -> {});

        var all = report.models().get(0).metrics().get("all");
        assertThat(all)
                .containsEntry("auc", 0.0)
                .containsEntry("recall@10", 1.0)
                .containsEntry("users", 1);
        assertThat(all.get("ndcg@10").doubleValue()).isEqualTo(0.5, within(1e-6)); // rank 3: 1 / log2(4)
        assertThat(all.get("mrr").doubleValue()).isEqualTo(1 / 3.0, within(1e-6));
    }

    @Test
    void agreesWithSortingTheCatalogueForEveryUser() {
        DotProductModel model = randomModel();

        var all = evaluator
                .evaluate(List.of(new Candidate("m", "bpr-mf", "off", 1, model)), 1, done -> {})
                .models()
                .get(0)
                .metrics()
                .get("all");

        double auc = 0;
        double ndcg = 0;
        double recall = 0;
        int tested = 0;
        for (int user = 0; user < USERS; user++) {
            if (!split.isHeldOut(user)) {
                continue;
            }
            tested++;
            Set<Integer> own = new LinkedHashSet<>();
            for (int item : split.train().row(user)) {
                own.add(item);
            }
            own.add(split.validation()[user]);
            double target = score(model, user, split.test()[user]);
            int better = 0;
            for (int item = 0; item < ITEMS; item++) {
                better += !own.contains(item) && score(model, user, item) > target + 1e-9 ? 1 : 0;
            }
            int others = ITEMS - own.size() - 1;
            auc += 1 - (double) better / others;
            ndcg += better < 10 ? Math.log(2) / Math.log(better + 2) : 0;
            recall += better < 20 ? 1 : 0;
        }
        assertThat(all.get("users")).isEqualTo(tested);
        assertThat(all.get("auc").doubleValue()).isEqualTo(auc / tested, within(1e-5));
        assertThat(all.get("ndcg@10").doubleValue()).isEqualTo(ndcg / tested, within(1e-5));
        assertThat(all.get("recall@20").doubleValue()).isEqualTo(recall / tested, within(1e-5));
    }

    @Test
    void aModelThatScoresAllAlikeIsAtChance() {
        DotProductModel flat =
                new DotProductModel(DIM, new float[USERS * DIM], new float[ITEMS * DIM], new float[ITEMS]);

        EvaluationReport report =
                evaluator.evaluate(List.of(new Candidate("flat", "bpr-mf", "off", 1, flat)), 1, done -> {});

        assertThat(report.models().get(0).metrics().get("all").get("auc").doubleValue())
                .isEqualTo(0.5, within(1e-6));
    }

    @Test
    void slicesAndGridCoverTheTestedUsers() {
        var result = evaluator
                .evaluate(List.of(new Candidate("m", "bpr-mf", "off", 1, randomModel())), 1, done -> {})
                .models()
                .get(0);

        int users = result.metrics().get("all").get("users").intValue();
        assertThat(result.grid().stream()
                        .mapToInt(cell -> cell.metrics().get("users").intValue())
                        .sum())
                .isEqualTo(users);
        assertThat(result.metrics().get("cold").get("users").intValue()).isBetween(1, users - 1);
        assertThat(result.grid()).hasSize(12);
        assertThat(result.exposure().coverage()).isBetween(0.1, 1.0);
    }

    @Test
    void aPlantedImprovementIsInsideItsIntervalAndIdenticalModelsDoNotDiffer() {
        DotProductModel worse = randomModel();
        DotProductModel better = planted(worse);
        List<Candidate> candidates = List.of(
                new Candidate("off", "bpr-mf", "off", 1, worse),
                new Candidate("gated", "bpr-mf", "gated", 1, better),
                new Candidate("twin", "bpr-mf", "judge-free", 1, better));

        List<Comparison> comparisons =
                evaluator.evaluate(candidates, 1, done -> {}).comparisons();

        Comparison lift = find(comparisons, "gated", "off");
        assertThat(lift.ci95().get(0)).isPositive().isLessThan(lift.difference());
        assertThat(lift.ci95().get(1)).isGreaterThan(lift.difference());
        Comparison none = find(comparisons, "gated", "twin");
        assertThat(none.difference()).isZero();
        assertThat(none.ci95()).containsExactly(0.0, 0.0);
    }

    @Test
    void theReportWritesTheKeysThatToolsRead() {
        EvaluationReport report = evaluator.evaluate(
                List.of(
                        new Candidate("a", "bpr-mf", "off", 1, randomModel()),
                        new Candidate("b", "bpr-mf", "gated", 2, randomModel())),
                1,
                done -> {});

        JsonNode json = JsonMapper.builder().build().valueToTree(report);

        assertThat(json.at("/dataset").propertyNames())
                .containsExactlyInAnyOrder("users", "items", "interactions", "coldUsers", "tailItems");
        JsonNode model = json.at("/models/1");
        assertThat(model.propertyNames())
                .containsExactlyInAnyOrder(
                        "version",
                        "backbone",
                        "regularizer",
                        "seed",
                        "metrics",
                        "reweighted",
                        "grid",
                        "coverage",
                        "gini",
                        "popularityPercentile",
                        "popularityLift");
        for (String slice : List.of("all", "cold", "tail", "unseen", "head")) {
            assertThat(model.at("/metrics/" + slice).propertyNames())
                    .containsExactly("auc", "ndcg@10", "ndcg@20", "recall@10", "recall@20", "mrr", "users");
            assertThat(model.at("/reweighted/" + slice).propertyNames()).containsExactly("ndcg@10", "recall@10");
        }
        JsonNode comparison = json.at("/comparisons/0");
        assertThat(comparison.propertyNames())
                .containsExactlyInAnyOrder("a", "b", "slice", "metric", "difference", "ci95");
        assertThat(comparison.at("/ci95").size()).isEqualTo(2);
        assertThat(json.at("/comparisons").size()).isEqualTo(5 * 6);
    }

    @Test
    void validationLooksForTheItemBeforeTheLast() {
        InteractionMatrix one = new InteractionMatrix(5, new int[] {0, 3}, new int[] {0, 1, 2});
        DotProductModel model =
                new DotProductModel(1, new float[] {1}, new float[] {0, 0, 0, 0, 0}, new float[] {9, 8, 1, 3, 2});

        assertThat(Evaluator.validationNdcg(model, TemporalSplit.leaveLastTwoOut(one)))
                .isEqualTo(1, within(1e-9));
    }

    @Test
    void rankingsThatWereKeptAreReportedAsIfRankedNow() {
        DotProductModel off = randomModel();
        DotProductModel gated = planted(off);
        EvaluationReport atOnce = evaluator.evaluate(
                List.of(
                        new Candidate("off", "bpr-mf", "off", 1, off),
                        new Candidate("gated", "bpr-mf", "gated", 2, gated)),
                7,
                done -> {});

        EvaluationReport later = evaluator.report(
                List.of(
                        new Ranked("off", "bpr-mf", "off", 1, evaluator.rank(DotProductScorer.of(off))),
                        new Ranked("gated", "bpr-mf", "gated", 2, evaluator.rank(DotProductScorer.of(gated)))),
                7);

        assertThat(later).isEqualTo(atOnce);
    }

    @Test
    void rankingsOfOtherDataAreRefused() {
        InteractionMatrix one = new InteractionMatrix(ITEMS, new int[] {0, 3}, new int[] {0, 1, 2});
        Ranking other = new Evaluator(one, TemporalSplit.leaveLastTwoOut(one)).rank(DotProductScorer.of(randomModel()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.report(List.of(new Ranked("m", "bpr-mf", "off", 1, other)), 1))
                .withMessageContaining("m was ranked on other data");
    }

    private static Comparison find(List<Comparison> comparisons, String a, String b) {
        return comparisons.stream()
                .filter(c -> c.a().equals(a) && c.b().equals(b))
                .filter(c -> c.slice().equals("all") && c.metric().equals("auc"))
                .findFirst()
                .orElseThrow();
    }

    private static double score(DotProductModel model, int user, int item) {
        double score = model.itemBias()[item];
        for (int k = 0; k < DIM; k++) {
            score += model.users()[user * DIM + k] * model.items()[item * DIM + k];
        }
        return score;
    }

    private InteractionMatrix histories() {
        int[] rowStart = new int[USERS + 1];
        List<Integer> columns = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            Set<Integer> row = new LinkedHashSet<>();
            int length = 1 + random.nextInt(12);
            while (row.size() < length) {
                row.add(random.nextInt(ITEMS));
            }
            columns.addAll(row);
            rowStart[user + 1] = columns.size();
        }
        return new InteractionMatrix(
                ITEMS, rowStart, columns.stream().mapToInt(Integer::intValue).toArray());
    }

    private DotProductModel randomModel() {
        return new DotProductModel(DIM, gaussian(USERS * DIM), gaussian(ITEMS * DIM), gaussian(ITEMS));
    }

    /** The same model, its user vectors pulled a little towards their test item. */
    private DotProductModel planted(DotProductModel model) {
        float[] users = model.users().clone();
        for (int user = 0; user < USERS; user++) {
            for (int k = 0; k < DIM && split.isHeldOut(user); k++) {
                users[user * DIM + k] += 0.3f * model.items()[split.test()[user] * DIM + k];
            }
        }
        return new DotProductModel(DIM, users, model.items(), model.itemBias());
    }

    private float[] gaussian(int length) {
        float[] values = new float[length];
        for (int k = 0; k < length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
