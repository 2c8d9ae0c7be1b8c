package dev.discern.training.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.HistoryTables;
import dev.discern.common.artifact.ModelManifest;
import dev.discern.common.data.InteractionMatrix;
import dev.discern.common.vector.Kernels;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import dev.discern.training.trainer.RegularizerKind;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The history model from a request to a model that makes users of their histories. */
class HistoryFlowIntegrationTests extends TrainingServiceTest {

    private static final String SHORT =
            "\"backbone\":\"history\",\"parameters\":{\"dim\":8,\"contentDim\":4,\"epochs\":6,"
                    + "\"rareGain\":0,\"batch\":64,\"negatives\":32,\"learningRate\":0.02}";

    @BeforeEach
    void withoutVectors() {
        jdbc.sql("delete from item_vector").update();
    }

    @Test
    void publishesUsersOfTheTrainingPartAndWhatMakesOthers() {
        database().writeItemVectors("all-minilm-l6-v2-q", false);
        database().writeItemVectors("e5-small-v2-q", true);
        JsonNode result = train("{\"seed\":3," + SHORT + "}");

        assertThat(result.at("/version").asString()).startsWith("history-off-");
        assertThat(result.at("/epochs").asInt()).isEqualTo(6);
        assertThat(result.at("/warnings").size()).isZero();
        Artifact artifact = artifact(result);
        HistoryTables history = artifact.history();
        assertThat(artifact.manifest().foldIn()).isEqualTo(ModelManifest.HISTORY);
        assertThat(artifact.manifest().dim()).isEqualTo(12);
        assertThat(artifact.itemBias()).containsOnly(0);
        assertThat(artifact.seen().columns()).isEqualTo(PLANTED.histories().columns());
        assertThat(history).isNotNull();
        InteractionMatrix train = PLANTED.data().split().train();
        float[] vector = new float[12];
        for (int user = 0; user < PLANTED.users(); user++) {
            history.vector(
                    train.columns(), train.rowStart()[user], train.rowStart()[user + 1], Kernels.best(), vector, 0);
            assertThat(vector)
                    .containsExactly(
                            Arrays.copyOfRange(artifact.users().values(), 12 * user, 12 * user + 12), within(1e-5f));
        }
    }

    @Test
    void isEvaluatedBesideOtherBackbones() {
        database().writeItemVectors("e5-small-v2-q", true);
        String history = train("{\"seed\":4," + SHORT + "}").at("/version").asString();
        String bpr = train("{\"backbone\":\"bpr-mf\",\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4}}")
                .at("/version")
                .asString();

        JsonNode report = client().completed(client().start(
                        "/v1/admin/evaluation-jobs", "{\"models\":[\"%s\",\"%s\"]}".formatted(bpr, history)));

        assertThat(report.at("/models/1/backbone").asString()).isEqualTo("history");
        assertThat(report.at("/models/1/metrics/all/auc").asDouble())
                .isGreaterThan(report.at("/models/0/metrics/all/auc").asDouble());
    }

    @Test
    void learnsFromAJudge() {
        database().writeItemVectors("e5-small-v2-q", true);
        long run = database().writeScoringRun("COMPLETED");
        for (String regularizer : new String[] {"gated", "judge-free", "global", "pointwise", "paper"}) {
            JsonNode result = train(
                    "{\"seed\":5,\"regularizer\":\"%s\",\"scoringRun\":%d,%s}".formatted(regularizer, run, SHORT));
            assertThat(result.at("/version").asString()).startsWith("history-" + regularizer + "-");
            assertThat(result.at("/gate/coefficients").size())
                    .isEqualTo(RegularizerKind.of(regularizer).needsGate() ? 8 : 0);
        }
    }

    @Test
    void isTheDefaultAndLearnsFromTheNewestRunThatSuitsIt() {
        database().writeItemVectors("e5-small-v2-q", true);
        jdbc.sql("delete from scoring_run").update();
        String small = "\"regularizer\":\"global\",\"seed\":8,\"parameters\":{\"dim\":8}}";
        Answer refused = client().post("/v1/admin/training-jobs", "{" + small);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().at("/code").asString()).isEqualTo("NO_RUN");

        long rescue = database().writeScoringRun("COMPLETED");
        jdbc.sql("update pair_judgment set source = 'rescue' where run_id = ?")
                .param(rescue)
                .update();
        long uniform = database().writeScoringRun("COMPLETED");

        assertThat(scoringRun(train("{" + small))).isEqualTo(rescue);
        assertThat(scoringRun(train("{\"pairs\":\"uniform\"," + small))).isEqualTo(uniform);
        assertThat(scoringRun(train("{\"backbone\":\"lightgcn\"," + small.replace("}}", ",\"maxEpochs\":2}}"))))
                .isEqualTo(uniform);
    }

    private long scoringRun(JsonNode result) {
        return client().get("/v1/admin/models/" + result.at("/version").asString())
                .body()
                .at("/scoringRun")
                .asLong();
    }

    @Test
    void warnsWhereTextsAreNotSeen() {
        assertThat(train("{\"seed\":6," + SHORT + "}").at("/warnings/0").asString())
                .startsWith("no item has a text vector, so items are known by their ids only");
        database().writeItemVectors("e5-small-v2-q", false);
        assertThat(train("{\"seed\":7," + SHORT + "}").at("/warnings/0").asString())
                .startsWith("only %d of %d items with a text have a text vector"
                        .formatted(PLANTED.items() / 2, PLANTED.items()));
    }

    private JsonNode train(String request) {
        return client().completed(client().start("/v1/admin/training-jobs", request));
    }

    private Artifact artifact(JsonNode result) {
        return ArtifactReader.read(
                artifacts.resolve("models").resolve(result.at("/version").asString()));
    }
}
