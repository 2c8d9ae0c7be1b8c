package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.artifact.Provenance;
import dev.discern.common.data.Item;
import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemVectorStore;
import dev.discern.common.vector.Kernels;
import dev.discern.training.backbone.DotProductModel;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Items that came after the training, added to a published model. */
class EmbeddingIntegrationTests extends TrainingServiceTest {

    private static final String EMBED = "/v1/admin/embedding-jobs";
    private static final String ENCODER = "e5-small-v2-q";
    private static final String SHORT = "\"parameters\":{\"dim\":8,\"contentDim\":4,\"epochs\":6,"
            + "\"batch\":64,\"negatives\":32,\"learningRate\":0.02}";

    @BeforeEach
    @AfterEach
    void clear() {
        forgetChampion();
        jdbc.sql("delete from item_vector").update();
        jdbc.sql("delete from item where external_id like 'new%'").update();
    }

    @Test
    void aNewItemIsInTheChampionWithoutATraining() {
        String trained = history(41);
        promote(trained);
        item("new-even", "Something new", vectorOfTaste(0));
        item("new-untold", "Not encoded yet", null);
        item("new-blank", "", null);

        JsonNode result = client().completed(client().start(EMBED, "{}"));

        String version = result.at("/version").asString();
        assertThat(version).isNotEqualTo(trained).startsWith("history-off-");
        assertThat(result.at("/embeddedFrom").asString()).isEqualTo(trained);
        assertThat(result.at("/newItems").asInt()).isEqualTo(1);
        assertThat(result.at("/withoutVector").asInt()).isEqualTo(1);
        assertThat(result.at("/withoutText").asInt()).isEqualTo(1);
        assertThat(result.at("/champion").asBoolean()).isTrue();
        assertThat(client().get("/v1/admin/aliases").body().at("/champion").asString())
                .isEqualTo(version);
        Artifact before = artifact(trained);
        Artifact after = artifact(version);
        assertThat(after.itemIds().size()).isEqualTo(PLANTED.items() + 1);
        assertSameScores(before, after);
        int added = after.itemIds().idx("new-even");
        assertThat(after.catalog().get(added).title()).isEqualTo("Something new");
        assertThat(meanScore(after, added, 0)).isGreaterThan(meanScore(after, added, 1) + 1);
        Provenance provenance = after.manifest().provenance();
        assertThat(provenance.embeddedFrom()).isEqualTo(trained);
        assertThat(provenance.parameters())
                .isEqualTo(before.manifest().provenance().parameters());
        assertThat(after.manifest().metrics()).isEqualTo(before.manifest().metrics());
        JsonNode registered = client().get("/v1/admin/models/" + version).body();
        assertThat(registered.at("/embeddedFrom").asString()).isEqualTo(trained);
        assertThat(registered.at("/state").asString()).isEqualTo("champion");

        assertThat(client().post(EMBED, "{\"version\":\"%s\"}".formatted(trained))
                        .status())
                .as("the same work is not done again")
                .isEqualTo(200);
        JsonNode nothing = client().completed(client().start(EMBED, "{}"));
        assertThat(nothing.at("/version").isNull()).isTrue();
        assertThat(nothing.at("/newItems").asInt()).isZero();

        item("new-untold", "Not encoded yet", vectorOfTaste(1)); // the data are as before, but the text is encoded
        JsonNode next = client().completed(client().start(EMBED, "{}"));
        assertThat(next.at("/embeddedFrom").asString()).isEqualTo(version);
        assertSameScores(after, artifact(next.at("/version").asString()));
        assertThat(client().post("/v1/admin/aliases/champion:rollback", "")
                        .body()
                        .at("/version")
                        .asString())
                .isEqualTo(version);
        JsonNode warm = client().completed(client().start(
                        "/v1/admin/training-jobs",
                        "{\"backbone\":\"history\",\"seed\":43,\"warmStart\":\"%s\",%s}".formatted(version, SHORT)));
        assertThat(artifact(warm.at("/version").asString()).itemIds().size()).isEqualTo(PLANTED.items() + 3);
    }

    @Test
    void aModelThatIsNotChampionIsPublishedBesideIt() {
        String trained = history(42);
        item("new-odd", "Something else", vectorOfTaste(1));

        JsonNode result = client().completed(client().start(EMBED, "{\"version\":\"%s\"}".formatted(trained)));

        assertThat(result.at("/newItems").asInt()).isEqualTo(1);
        assertThat(result.at("/champion").asBoolean()).isFalse();
        assertThat(client().get("/v1/admin/aliases").body().has("champion")).isFalse();
    }

    @Test
    void saysWhatItCannotDo() {
        String bpr = client().completed(
                        client().start(
                                        "/v1/admin/training-jobs",
                                        "{\"backbone\":\"bpr-mf\",\"seed\":44,\"parameters\":{\"dim\":8,\"maxEpochs\":2,\"patience\":2}}"))
                .at("/version")
                .asString();

        Answer without = client().post(EMBED, "{\"version\":\"%s\"}".formatted(bpr));
        assertThat(without.status()).isEqualTo(409);
        assertThat(without.body().at("/code").asString()).isEqualTo("NO_TEXTS");
        assertThat(without.body().at("/errors/0/message").asString())
                .isEqualTo(bpr + " is a model of bpr-mf, which knows items by their interactions alone:"
                        + " new items need a training");
        assertThat(client().post(EMBED, "{\"version\":\"nothing\"}").status()).isEqualTo(404);
        assertThat(client().post(EMBED, "{}").body().at("/code").asString()).isEqualTo("NO_CHAMPION");
    }

    private static void assertSameScores(Artifact before, Artifact after) {
        DotProductModel then = model(before);
        DotProductModel now = model(after);
        assertThat(after.userIds().ids()).isEqualTo(before.userIds().ids());
        assertThat(now.users()).isEqualTo(then.users());
        for (int item = 0; item < then.itemCount(); item++) {
            int place = after.itemIds().idx(before.itemIds().id(item));
            for (int user = 0; user < then.userCount(); user++) {
                assertThat(now.score(user, place, Kernels.best())).isEqualTo(then.score(user, item, Kernels.best()));
            }
        }
        assertThat(after.seen().columns().length).isEqualTo(before.seen().columns().length);
        for (int k = 0; k < before.seen().columns().length; k++) {
            assertThat(after.itemIds().id(after.seen().columns()[k]))
                    .isEqualTo(before.itemIds().id(before.seen().columns()[k]));
        }
    }

    /** Of the users of a taste. */
    private static double meanScore(Artifact artifact, int item, int taste) {
        DotProductModel model = model(artifact);
        double sum = 0;
        for (int user = taste; user < model.userCount(); user += 2) {
            sum += model.score(user, item, Kernels.best());
        }
        return 2 * sum / model.userCount();
    }

    private static DotProductModel model(Artifact artifact) {
        return new DotProductModel(
                artifact.manifest().dim(),
                artifact.users().values(),
                artifact.items().values(),
                artifact.itemBias());
    }

    private String history(int seed) {
        database().writeItemVectors(ENCODER, true);
        return client().completed(client().start(
                                "/v1/admin/training-jobs",
                                "{\"backbone\":\"history\",\"seed\":%d,%s}".formatted(seed, SHORT)))
                .at("/version")
                .asString();
    }

    private static float[] vectorOfTaste(int taste) {
        float[] vector = new float[6];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = d % 2 == taste ? 1 : 0;
        }
        return vector;
    }

    private void item(String id, String title, float @org.jspecify.annotations.Nullable [] vector) {
        jdbc.sql("insert into item (external_id, title) values (?, ?) on conflict do nothing")
                .param(id)
                .param(title)
                .update();
        if (vector != null) {
            String hash = ItemText.of(new Item(id, title, List.of(), "", Map.of(), true))
                    .hash();
            new ItemVectorStore(dataSource).add(ENCODER, Map.of(hash, Objects.requireNonNull(vector)));
        }
    }

    private void promote(String version) {
        assertThat(client().put("/v1/admin/aliases/champion", "{\"version\":\"%s\"}".formatted(version))
                        .status())
                .isEqualTo(200);
    }

    private Artifact artifact(String version) {
        return ArtifactReader.read(artifacts.resolve("models").resolve(version));
    }
}
