package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A matrix from a request to its report, and over a restart. */
class MatrixIntegrationTests extends TrainingServiceTest {

    private static final String MATRIX = "/v1/admin/evaluation-jobs";

    @BeforeEach
    void withVectors() {
        jdbc.sql("delete from item_vector").update();
        database().writeItemVectors("e5-small-v2-q", true);
    }

    @Test
    void whereNoRunIsNamedEachBackboneLearnsFromTheNewestThatSuitsIt() {
        jdbc.sql("delete from scoring_run").update();
        String request = """
                {"matrix": {"backbones": %s, "regularizers": ["global"], "baselines": false, "seeds": 1,
                            "rareGains": [0], "lambdas": []}}""";
        assertThat(client().post(MATRIX, request.formatted("[\"history\"]"))
                        .body()
                        .at("/code")
                        .asString())
                .isEqualTo("NO_RUN");
        long rescue = database().writeScoringRun("COMPLETED");
        jdbc.sql("update pair_judgment set source = 'rescue' where run_id = ?")
                .param(rescue)
                .update();
        long uniform = database().writeScoringRun("COMPLETED");

        assertThat(runs(request.formatted("[\"history\"]"))).isEqualTo(uniform + " " + rescue);
        assertThat(runs(request.formatted("[\"bpr-mf\"]"))).isEqualTo(uniform + " null");
    }

    /** The runs of a matrix that is not waited for. */
    private String runs(String request) {
        long job = client().start(MATRIX, request);
        client().post("/v1/admin/jobs/" + job + ":stop", "");
        client().ended(job);
        MatrixPlan plan = MatrixPlan.of(jdbc.sql(
                        "select parameter_value from batch_job_execution_params where job_execution_id = ? and parameter_name = 'matrix'")
                .param(job)
                .query(String.class)
                .single());
        return plan.scoringRun() + " " + plan.rescueRun();
    }

    @Test
    void setsBackbonesRegularizersAndBaselinesBesideEachOther() {
        long run = database().writeScoringRun("COMPLETED");

        JsonNode report = client().completed(client().start(MATRIX, """
                {"matrix": {"backbones": ["history", "bpr-mf"], "regularizers": ["gated", "global"], "seeds": 2, "uncertainty": "ensemble",
                            "scoringRun": %d, "rareGains": [0, 2], "lambdas": [0.1, 0.3]}}""".formatted(run)));

        assertThat(names(report))
                .containsExactlyInAnyOrder(
                        "popularity",
                        "knn-item",
                        "knn-transition",
                        "content",
                        "hybrid",
                        "judge-alone",
                        "history off",
                        "history off, rare gain 2.0",
                        "history late-fusion",
                        "history gated",
                        "history gated, rare gain 2.0",
                        "history judge-free",
                        "history judge-free, rare gain 2.0",
                        "history judge-picks",
                        "history judge-picks, rare gain 2.0",
                        "history placebo",
                        "history placebo, rare gain 2.0",
                        "history global λ=1.0",
                        "history global λ=1.0, rare gain 2.0",
                        "history global",
                        "history global, rare gain 2.0",
                        "bpr-mf off",
                        "bpr-mf late-fusion",
                        "bpr-mf gated",
                        "bpr-mf judge-free",
                        "bpr-mf judge-picks",
                        "bpr-mf placebo",
                        "bpr-mf global λ=1.0",
                        "bpr-mf global");
        JsonNode gated = row(report, "bpr-mf gated");
        assertThat(gated.at("/gate/coefficients").size()).isEqualTo(8);
        assertThat(gated.at("/gate/uncertainty").asString()).isEqualTo("ensemble");
        assertThat(gated.at("/metrics/all/auc/mean").asDouble())
                .isGreaterThan(
                        row(report, "popularity").at("/metrics/all/auc/mean").asDouble());
        assertThat(gated.at("/metrics/all/auc/deviation").isNumber()).isTrue();
        assertThat(row(report, "popularity").at("/metrics/all/auc/deviation").isNull())
                .isTrue();
        JsonNode tuned = row(report, "bpr-mf global");
        assertThat(tuned.at("/tuned").asBoolean()).isTrue();
        assertThat(tuned.at("/lambda").floatValue()).isIn(0.1f, 0.3f);
        assertThat(row(report, "bpr-mf global λ=1.0").at("/tuned").asBoolean()).isFalse();
        assertThat(compared(report, "history gated, rare gain 2.0"))
                .containsExactlyInAnyOrder(
                        "history off, rare gain 2.0",
                        "history judge-free, rare gain 2.0",
                        "history judge-picks, rare gain 2.0",
                        "history placebo, rare gain 2.0");
        assertThat(report.at("/seeds").size()).isEqualTo(2);
        assertThat(compared(report, "history off, rare gain 2.0"))
                .contains("history off", "popularity")
                .doesNotContain("history off, rare gain 2.0");
        assertThat(row(report, "history gated, rare gain 2.0").at("/reference").asString())
                .isEqualTo("history off, rare gain 2.0");
        assertThat(row(report, "bpr-mf gated").at("/controls").size()).isEqualTo(3);
        assertThat(report.at("/judges").size()).isEqualTo(3);
        assertThat(report.at("/judges/0/of").asString()).isEqualTo("history");
        assertThat(report.at("/judges/0/judge").asString()).isEqualTo("planted");
        assertThat(report.at("/judges/0/run").asLong()).isEqualTo(run);
        assertThat(report.at("/dayOrder").isNull()).isTrue();
    }

    @Test
    void withDaysShuffledTheSplitIsAnotherAndNoJudgeIsHeard() {
        String request = """
                {"matrix": {"backbones": [], "regularizers": ["off"], "shuffleDays": %b}}""";
        JsonNode asItCame = client().completed(client().start(MATRIX, request.formatted(false)));

        JsonNode shuffled = client().completed(client().start(MATRIX, request.formatted(true)));

        assertThat(names(shuffled)).containsExactly("popularity", "knn-item", "knn-transition", "content", "hybrid");
        assertThat(shuffled.at("/judges").size()).isZero();
        // The planted interactions are seconds apart, all on one day.
        assertThat(shuffled.at("/dayOrder/sharedDays").asDouble()).isEqualTo(1);
        assertThat(shuffled.at("/dayOrder/seed").asLong()).isEqualTo(1);
        assertThat(shuffled.at("/rows/0/metrics/all/auc")).isNotEqualTo(asItCame.at("/rows/0/metrics/all/auc"));
    }

    @Test
    void aMatrixThatWasStoppedGoesOnWhereItWas() {
        String request = """
                {"matrix": {"backbones": ["bpr-mf"], "regularizers": [], "baselines": false, "seeds": %d}}""";
        long job = client().start(MATRIX, request.formatted(6));
        client().await(job, resource -> resource.at("/progress/done").asInt() >= 1);
        assertThat(client().post("/v1/admin/jobs/" + job + ":stop", "").status())
                .isEqualTo(202);
        JsonNode stopped = client().ended(job);
        assertThat(stopped.at("/status").asString()).isIn("STOPPED", "COMPLETED");

        JsonNode broken = client().completed(client().start(MATRIX, request.formatted(6)));
        JsonNode unbroken = client().completed(client().start(MATRIX, """
                {"matrix": {"backbones": ["bpr-mf"], "regularizers": [], "baselines": false, "seeds": 6,
                            "rareGains": [0]}}"""));

        assertThat(broken.at("/rows/0/metrics")).isEqualTo(unbroken.at("/rows/0/metrics"));
    }

    @Test
    void saysWhatIsWrong() {
        assertWrong("{\"matrix\": {\"seeds\": 0}}", "/matrix/seeds", "must be in [1, 20], not 0");
        assertWrong("{\"matrix\": {\"backbones\": [\"svd\"]}}", "/matrix/backbone", "'svd' is unknown");
        assertWrong("{\"matrix\": {\"regularizers\": [\"gate\"]}}", "/matrix/regularizers", "'gate'");
        assertWrong("{\"matrix\": {\"scoringRun\": 999999}}", "/matrix/scoringRun", "there is no scoring run 999999");
        assertWrong("{\"matrix\": {\"regularizers\": [], \"rareGains\": [-1]}}", "/matrix/rareGains", "not -1.0");
        assertWrong(
                "{\"matrix\": {\"regularizers\": [\"off\", \"global\"], \"shuffleDays\": true}}",
                "/matrix/regularizers",
                "global does not go with shuffleDays: the judge was asked before");
        assertWrong(
                "{\"matrix\": {\"regularizers\": [], \"uncertainty\": \"entropy\"}}",
                "/matrix/uncertainty",
                "'entropy' is unknown; known are score-entropy, candidates, dropout, ensemble");
        assertWrong(
                "{\"matrix\": {\"regularizers\": [], \"uncertainty\": \"ensemble\", \"seeds\": 1}}",
                "/matrix/seeds",
                "must be at least 2 for the uncertainty ensemble");
        assertWrong("{\"matrix\": {}, \"models\": []}", "/matrix", "name either models or a matrix");
    }

    private void assertWrong(String request, String pointer, String message) {
        Answer answer = client().post(MATRIX, request);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(answer.body().at("/errors/0/message").asString()).contains(message);
    }

    private static List<String> names(JsonNode report) {
        List<String> names = new ArrayList<>();
        report.at("/rows").forEach(row -> names.add(row.at("/name").asString()));
        return names;
    }

    private static JsonNode row(JsonNode report, String name) {
        return StreamSupport.stream(report.at("/rows").spliterator(), false)
                .filter(row -> row.at("/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> compared(JsonNode report, String name) {
        return StreamSupport.stream(report.at("/comparisons").spliterator(), false)
                .filter(comparison -> comparison.at("/a").asString().equals(name))
                .map(comparison -> comparison.at("/b").asString())
                .distinct()
                .toList();
    }
}
