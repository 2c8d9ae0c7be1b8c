package dev.discern.training.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TestClient;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Every mistake is answered with where it is, what was expected and what came. */
class BrokenRequestsIntegrationTests extends TrainingServiceTest {

    private static final String TRAIN = "/v1/admin/training-jobs";
    private static final String EVALUATE = "/v1/admin/evaluation-jobs";

    static final List<Arguments> INVALID = List.of(
            Arguments.of(
                    TRAIN,
                    "{\"backbone\":\"svd\"}",
                    "/backbone",
                    "backbone 'svd' is unknown; known are bpr-mf, history, lightgcn"),
            Arguments.of(
                    TRAIN,
                    "{\"regularizer\":\"gate\"}",
                    "/regularizer",
                    "unknown regularizer 'gate'; known are off, gated, judge-free, judge-picks, placebo, global, pointwise, llm-cf, kar, paper"),
            Arguments.of(
                    TRAIN,
                    "{\"regularizer\":\"paper\",\"scoringRun\":987654}",
                    "/scoringRun",
                    "there is no scoring run 987654"),
            Arguments.of(
                    TRAIN,
                    "{\"uncertainty\":\"entropy\"}",
                    "/uncertainty",
                    "uncertainty 'entropy' is unknown; known are score-entropy, candidates, dropout, ensemble"),
            Arguments.of(TRAIN, "{\"threads\":257}", "/threads", "threads must be in [1, 256], not 257"),
            Arguments.of(
                    TRAIN,
                    "{\"backbone\":\"bpr-mf\",\"parameters\":{\"epochs\":3}}",
                    "/parameters/epochs",
                    "this parameter is unknown; known are [dim, maxEpochs, patience, warmUpEpochs, learningRate, decay,"
                            + " lambda, margin, gateRate, paperPairs]"),
            Arguments.of(
                    TRAIN,
                    "{\"parameters\":{\"patience\":3}}",
                    "/parameters/patience",
                    "this parameter is unknown; known are [dim, contentDim, epochs, batch, negatives, learningRate,"
                            + " itemDropout, historyDropout, rareGain, rareCount, lambda, judged, guideItems, guideText, guideUsers, margin, gateRate, paperPairs]"),
            Arguments.of(
                    TRAIN,
                    "{\"backbone\":\"history\",\"parameters\":{\"itemDropout\":1}}",
                    "/parameters/itemDropout",
                    "itemDropout must be in [0.0, 0.99], not 1.0"),
            Arguments.of(TRAIN, "{\"parameters\":{\"dim\":0}}", "/parameters/dim", "dim must be in [1, 1024], not 0"),
            Arguments.of(
                    TRAIN,
                    "{\"parameters\":{\"lambda\":-0.5}}",
                    "/parameters/lambda",
                    "lambda must be in [0.0, 100.0], not -0.5"),
            Arguments.of(TRAIN, "{\"parameters\":{\"dim\":64.5}}", "/parameters/dim", null),
            Arguments.of(TRAIN, "{\"parameters\":{\"dim\":\"many\"}}", "/parameters/dim", null),
            Arguments.of(TRAIN, "{\"parameters\":{\"dim\":null}}", "/parameters/dim", null),
            Arguments.of(TRAIN, "{\"regulariser\":\"off\"}", "/regulariser", null),
            Arguments.of(TRAIN, "{\"seed\":\"one\"}", "/seed", null),
            Arguments.of(TRAIN, "{\"seed\":", "", null),
            Arguments.of(TRAIN, "", "", "a JSON body is required"),
            Arguments.of(EVALUATE, "{\"models\":[]}", "/models", "there is no model to evaluate; train one first"),
            Arguments.of(EVALUATE, "{\"models\":[\"x\"]}", "/models/0", "no model version is named x"),
            Arguments.of(EVALUATE, "{\"models\":[null]}", "/models/0", "no model version is named null"));

    @ParameterizedTest
    @FieldSource("INVALID")
    void tellsThePlaceOfTheMistake(String path, String body, String pointer, String message) {
        Answer answer = client().post(path, body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().at("/code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(answer.body().at("/traceId").asString()).isNotEmpty();
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo(pointer);
        String found = answer.body().at("/errors/0/message").asString();
        assertThat(found).isNotBlank().doesNotContain("dev.discern");
        if (message != null) {
            assertThat(found).isEqualTo(message);
        }
    }

    static final List<Arguments> REFUSED = List.of(
            Arguments.of("PUT", "/v1/admin/aliases/champion", "{\"version\":\"x\"}", 400, "INVALID_REQUEST"),
            Arguments.of("PUT", "/v1/admin/aliases/champion", "{}", 400, "INVALID_REQUEST"),
            Arguments.of("PUT", "/v1/admin/aliases/winner", "{\"version\":\"x\"}", 404, "UNKNOWN_ALIAS"),
            Arguments.of("POST", "/v1/admin/aliases/winner:rollback", "", 404, "UNKNOWN_ALIAS"),
            Arguments.of("POST", "/v1/admin/aliases/shadow:rollback", "", 409, "NOTHING_BEFORE"),
            Arguments.of("GET", "/v1/admin/models/x", "", 404, "UNKNOWN_VERSION"),
            Arguments.of("GET", "/v1/admin/jobs/987654", "", 404, "UNKNOWN_JOB"),
            Arguments.of("GET", "/v1/admin/jobs/first", "", 400, "INVALID_REQUEST"),
            Arguments.of("POST", "/v1/admin/jobs/987654:restart", "", 404, "UNKNOWN_JOB"),
            Arguments.of("GET", "/v1/admin/reports/evaluation?job=987654", "", 404, "UNKNOWN_JOB"),
            Arguments.of("GET", "/v1/admin/reports/evaluation", "", 400, "INVALID_REQUEST"),
            Arguments.of("DELETE", "/v1/admin/models", "", 405, "METHOD_NOT_ALLOWED"),
            Arguments.of("GET", "/v1/admin/nothing", "", 404, "NOT_FOUND"));

    @ParameterizedTest
    @FieldSource("REFUSED")
    void refusesWithACode(String method, String path, String body, int status, String code) {
        Answer answer = client().send(method, path, "application/json", body);

        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.body().at("/code").asString()).isEqualTo(code);
        assertThat(answer.body().at("/detail").asString()).isNotBlank();
    }

    @Test
    void aRunThatIsStillAskedIsAConflict() {
        long run = database().writeScoringRun("RUNNING");

        Answer answer = client().post(TRAIN, "{\"regularizer\":\"gated\",\"scoringRun\":%d}".formatted(run));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().at("/code").asString()).isEqualTo("RUN_NOT_COMPLETED");
        assertThat(answer.body().at("/detail").asString())
                .isEqualTo("scoring run %d is not completed; wait for its job, or restart it".formatted(run));
    }

    @Test
    void anotherContentTypeIsNotRead() {
        Answer answer = client().send("POST", TRAIN, "text/csv", "seed\n1\n");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void keysAreRequiredAndHaveScopes() {
        Answer nobody = new TestClient(port, null).post(TRAIN, "{}");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body().at("/code").asString()).isEqualTo("UNAUTHORIZED");
        assertThat(new TestClient(port, "guessed").post(TRAIN, "{}").status()).isEqualTo(401);
        Answer reader = new TestClient(port, READER_KEY).post(TRAIN, "{}");
        assertThat(reader.status()).isEqualTo(403);
        assertThat(reader.body().at("/code").asString()).isEqualTo("FORBIDDEN");
    }
}
