package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Trainings that begin with what an earlier version has learned. */
class WarmStartIntegrationTests extends TrainingServiceTest {

    private static final String TRAIN = "/v1/admin/training-jobs";
    private static final String HISTORY = "\"backbone\":\"history\"";
    private static final String SHORT =
            "{\"dim\":8,\"contentDim\":4,\"epochs\":%d,\"rareGain\":0,\"batch\":64,\"negatives\":32,\"learningRate\":0.02,\"gateRate\":%s}";

    @BeforeEach
    @AfterEach
    void clear() {
        forgetChampion();
        jdbc.sql("delete from item_vector").update();
        jdbc.sql("delete from training_schedule").update();
    }

    @Test
    void aHistoryModelGoesOnWithAnother() {
        database().writeItemVectors("all-minilm-l6-v2-q", true);
        JsonNode first = train("{%s,\"seed\":31,\"parameters\":%s}".formatted(HISTORY, SHORT.formatted(6, "0.01")));
        String version = first.at("/version").asString();
        promote(version);
        database()
                .writeItemVectors("e5-small-v2-q", true); // the better encoder, but not the one that the version knows

        long job = client().start(TRAIN, warm("champion", 1, "0.01"));
        JsonNode warm = client().completed(job);
        JsonNode again = train(warm(version, 1, "0.02"));
        JsonNode cold = train("{%s,\"seed\":32,\"parameters\":%s}".formatted(HISTORY, SHORT.formatted(1, "0.01")));

        assertThat(client().get("/v1/admin/jobs/" + job)
                        .body()
                        .at("/parameters/warmStart")
                        .asString())
                .as("the plan names a version")
                .isEqualTo(version);
        assertThat(warm.at("/warmStart").asString()).isEqualTo(version);
        assertThat(warm.at("/warnings").size()).isZero();
        assertThat(warm.at("/validation/ndcg@10").asDouble())
                .isGreaterThan(cold.at("/validation/ndcg@10").asDouble());
        assertThat(artifact(warm).manifest().provenance().warmStart()).isEqualTo(version);
        assertThat(artifact(cold).manifest().provenance().warmStart()).isNull();
        assertThat(ArtifactReader.state(folder(warm)).orElseThrow().notes())
                .containsEntry("encoder", "all-minilm-l6-v2-q");
        assertThat(artifact(again).items().values())
                .isEqualTo(artifact(warm).items().values());
        JsonNode registered = client().get(
                        "/v1/admin/models/" + warm.at("/version").asString())
                .body();
        assertThat(registered.at("/warmStart").asString()).isEqualTo(version);
    }

    @Test
    void theOtherBackbonesDoToo() {
        for (String backbone : new String[] {"bpr-mf", "lightgcn"}) {
            String request =
                    "{\"backbone\":\"%s\",\"seed\":%d%s,\"parameters\":{\"dim\":8,\"maxEpochs\":%d,\"patience\":%d}}";
            String version = train(request.formatted(backbone, 33, "", 30, 30))
                    .at("/version")
                    .asString();
            JsonNode cold = train(request.formatted(backbone, 34, "", 1, 1));

            JsonNode warm = train(request.formatted(backbone, 34, ",\"warmStart\":\"" + version + "\"", 1, 1));

            assertThat(warm.at("/warmStart").asString()).isEqualTo(version);
            assertThat(artifact(warm).items().values())
                    .as(backbone)
                    .isNotEqualTo(artifact(cold).items().values());
        }
    }

    @Test
    void aVersionThatDoesNotFitIsRefusedByName() {
        String bpr = train(
                        "{\"seed\":35,\"backbone\":\"bpr-mf\",\"parameters\":{\"dim\":8,\"maxEpochs\":2,\"patience\":2}}")
                .at("/version")
                .asString();

        refused("{\"warmStart\":\"champion\"}", 409, "NO_CHAMPION", "there is no champion yet: promote a model");
        refused("{\"warmStart\":\"nothing\"}", 404, "UNKNOWN_VERSION", "no model version is named nothing");
        refused(
                "{%s,\"warmStart\":\"%s\"}".formatted(HISTORY, bpr),
                409,
                "OTHER_BACKBONE",
                bpr + " is a model of bpr-mf: training of history cannot begin with it");
        refused(
                "{\"backbone\":\"bpr-mf\",\"warmStart\":\"%s\",\"parameters\":{\"dim\":9}}".formatted(bpr),
                409,
                "OTHER_DIMENSIONS",
                bpr + " has vectors of 8 dimensions: training of vectors of 9 dimensions cannot begin with it");
    }

    @Test
    void aScheduleMayNameTheChampionToCome() {
        String schedule = "{\"name\":\"nightly\",\"training\":{\"warmStart\":\"%s\"},\"cron\":\"0 0 3 * * *\"}";

        Answer made = client().post("/v1/admin/schedules", schedule.formatted("champion"));
        Answer unknown = client().post("/v1/admin/schedules", schedule.formatted("nothing"));

        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        assertThat(made.body().at("/training/warmStart").asString()).isEqualTo("champion");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body().at("/errors/0/pointer").asString()).isEqualTo("/training/warmStart");
    }

    private void refused(String request, int status, String code, String message) {
        Answer answer = client().post(TRAIN, request);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
        assertThat(answer.body().at("/code").asString()).isEqualTo(code);
        assertThat(answer.body().at("/errors/0/pointer").asString()).isEqualTo("/warmStart");
        assertThat(answer.body().at("/errors/0/message").asString()).isEqualTo(message);
    }

    /** The gate's rate belongs to a regularizer that is off: it changes nothing but which work this is. */
    private static String warm(String version, int epochs, String gateRate) {
        return "{%s,\"seed\":32,\"warmStart\":\"%s\",\"parameters\":%s}"
                .formatted(HISTORY, version, SHORT.formatted(epochs, gateRate));
    }

    private void promote(String version) {
        Answer promoted = client().put("/v1/admin/aliases/champion", "{\"version\":\"%s\"}".formatted(version));
        assertThat(promoted.status()).as(promoted.body().toString()).isEqualTo(200);
    }

    private JsonNode train(String request) {
        return client().completed(client().start(TRAIN, request));
    }

    private Path folder(JsonNode result) {
        return artifacts.resolve("models").resolve(result.at("/version").asString());
    }

    private Artifact artifact(JsonNode result) {
        return ArtifactReader.read(folder(result));
    }
}
