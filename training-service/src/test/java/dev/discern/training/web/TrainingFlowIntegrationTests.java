package dev.discern.training.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactReader;
import dev.discern.common.data.ItemTrend;
import dev.discern.training.testing.PlantedDatabase;
import dev.discern.training.testing.TestClient.Answer;
import dev.discern.training.testing.TrainingServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a request to a model that is served, compared, promoted and rolled back. */
class TrainingFlowIntegrationTests extends TrainingServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SHORT =
            "\"backbone\":\"bpr-mf\",\"parameters\":{\"dim\":8,\"maxEpochs\":4,\"patience\":4,\"warmUpEpochs\":3}";

    @Test
    void trainsTheBackboneAloneIntoARegisteredReadableArtifact() throws Exception {
        String request = "{\"seed\":11," + SHORT + "}";
        long job = client().start("/v1/admin/training-jobs", request);
        JsonNode result = client().completed(job);

        String version = result.at("/version").asString();
        assertThat(version).startsWith("bpr-mf-off-");
        assertThat(result.at("/epochs").asInt()).isEqualTo(4);
        assertThat(result.at("/bestEpoch").asInt()).isBetween(1, 4);
        assertThat(result.at("/warnings").size()).isZero();
        assertThat(result.has("gate") && !result.at("/gate").isNull()).isFalse();
        Map<String, Object> row = jdbc.sql("select * from model_version where version = ?")
                .param(version)
                .query()
                .singleRow();
        assertThat(row)
                .containsEntry("backbone", "bpr-mf")
                .containsEntry("regularizer", "off")
                .containsEntry("seed", 11L)
                .containsEntry("scoring_run", null);
        assertThat(JSON.readTree(row.get("summary").toString())).isEqualTo(result);
        assertThat(JSON.readTree(row.get("parameters").toString()).at("/dim").asInt())
                .isEqualTo(8);
        Artifact artifact = artifact(version);
        assertThat(artifact.users().rows()).isEqualTo(PLANTED.users());
        assertThat(artifact.items().dim()).isEqualTo(8);
        assertThat(artifact.userIds().id(3)).isEqualTo(PlantedDatabase.userId(3));
        assertThat(artifact.seen().columns()).isEqualTo(PLANTED.histories().columns());
        assertThat(artifact.catalog().get(5).title()).isEqualTo("Item 5");
        ItemTrend trend = Objects.requireNonNull(artifact.trend());
        assertThat(trend.day()).as("the second millionth is of the twelfth day").isEqualTo("1970-01-12");
        assertThat(trend.halfLifeDays()).isEqualTo(30);
        int[] counts = PLANTED.histories().columnCounts();
        for (int item = 0; item < counts.length; item++) {
            assertThat(trend.weights()[item]).as("all came on one day").isEqualTo(counts[item]);
        }
        assertThat(artifact.manifest().provenance().dataHash()).isEqualTo(row.get("data_hash"));
        assertThat(artifact.manifest().provenance().parameters()).containsEntry("maxEpochs", "4");
        assertThat(artifact.manifest().metrics().get("validation.ndcg@10"))
                .isEqualTo(result.at("/validation/ndcg@10").asDouble(), within(1e-12));
        try (Stream<Path> left = Files.list(artifacts.resolveSibling("checkpoints"))) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .noneMatch(name -> name.startsWith("training-" + version.replaceAll(".*-", "") + "-"));
        }
        Answer again = client().post("/v1/admin/training-jobs", request);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body().at("/id").asLong()).isEqualTo(job);
    }

    @Test
    void trainsWithTheGateAndTellsWhatItLearned() throws Exception {
        long run = database().writeScoringRun("COMPLETED");
        JsonNode result = train("{\"regularizer\":\"gated\",\"scoringRun\":%d,%s}".formatted(run, SHORT));

        assertThat(result.at("/gate/uncertainty").asString()).isEqualTo("score-entropy");
        assertThat(result.at("/gate/coefficients").size()).isEqualTo(8);
        assertThat(result.at("/gate/coefficients/4/name").asString()).isEqualTo("g0");
        assertThat(result.at("/gate/logLoss").asDouble())
                .isLessThan(result.at("/gate/logLossJudgeFree").asDouble());
        JsonNode model = client().get(
                        "/v1/admin/models/" + result.at("/version").asString())
                .body();
        assertThat(model.at("/scoringRun").asLong()).isEqualTo(run);
        assertThat(model.at("/summary/gate")).isEqualTo(result.at("/gate"));
        assertThat(artifact(result.at("/version").asString()).judged()).isNotNull();
        assertThat(artifact(result.at("/version").asString())
                        .manifest()
                        .provenance()
                        .scoringRun())
                .isEqualTo(run);
    }

    @Test
    void trainsWithEveryOtherRegularizer() {
        long run = database().writeScoringRun("COMPLETED");
        for (String regularizer : List.of("judge-free", "global", "pointwise", "paper")) {
            JsonNode result = train("{\"regularizer\":\"%s\",\"scoringRun\":%d,%s}".formatted(regularizer, run, SHORT));
            assertThat(result.at("/version").asString()).startsWith("bpr-mf-" + regularizer + "-");
            assertThat(artifact(result.at("/version").asString()).judged() != null)
                    .as("tells what a judge taught: " + regularizer)
                    .isEqualTo(regularizer.equals("global"));
        }
    }

    @Test
    void promotesAndRollsBack() {
        forgetChampion();
        String first = train("{\"seed\":21," + SHORT + "}").at("/version").asString();
        String second = train("{\"seed\":22," + SHORT + "}").at("/version").asString();
        Aliases files = new Aliases(artifacts);

        for (String version : List.of(first, second)) {
            Answer promoted = client().put("/v1/admin/aliases/champion", "{\"version\":\"%s\"}".formatted(version));
            assertThat(promoted.status()).isEqualTo(200);
            assertThat(files.version(Alias.CHAMPION)).contains(version);
        }
        assertThat(client().get("/v1/admin/aliases").body().at("/champion").asString())
                .isEqualTo(second);

        Answer back = client().post("/v1/admin/aliases/champion:rollback", "");
        assertThat(back.status()).isEqualTo(200);
        assertThat(back.body().at("/version").asString()).isEqualTo(first);
        assertThat(files.version(Alias.CHAMPION)).contains(first);
        Answer nothingLeft = client().post("/v1/admin/aliases/champion:rollback", "");
        assertThat(nothingLeft.status()).isEqualTo(409);
        assertThat(nothingLeft.body().at("/code").asString()).isEqualTo("NOTHING_BEFORE");
        assertThat(files.version(Alias.CHAMPION)).contains(first);
    }

    @Test
    void comparesModelsBySlice() {
        long run = database().writeScoringRun("COMPLETED");
        String off = train("{\"seed\":31," + SHORT + "}").at("/version").asString();
        JsonNode trained = train("{\"seed\":31,\"regularizer\":\"gated\",\"scoringRun\":%d,%s}".formatted(run, SHORT));
        String gated = trained.at("/version").asString();

        long job = client().start("/v1/admin/evaluation-jobs", "{\"models\":[\"%s\",\"%s\"]}".formatted(off, gated));
        JsonNode report = client().completed(job);

        assertThat(report.at("/dataset/users").asInt()).isEqualTo(PLANTED.users());
        assertThat(report.at("/models/0/version").asString()).isEqualTo(off);
        assertThat(report.at("/models/1/regularizer").asString()).isEqualTo("gated");
        for (String slice : List.of("all", "cold", "tail")) {
            assertThat(report.at("/models/1/metrics/" + slice).has("ndcg@10"))
                    .as(slice)
                    .isTrue();
        }
        assertThat(report.at("/models/0/metrics/all/auc").asDouble()).isBetween(0.3, 1.0);
        assertThat(report.at("/comparisons/0/a").asString()).isEqualTo(gated);
        assertThat(report.at("/comparisons/0/b").asString()).isEqualTo(off);
        assertThat(report.at("/gate")).isEqualTo(trained.at("/gate"));
        assertThat(client().get("/v1/admin/reports/evaluation?job=" + job).body())
                .isEqualTo(report);
    }

    private JsonNode train(String request) {
        return client().completed(client().start("/v1/admin/training-jobs", request));
    }

    private Artifact artifact(String version) {
        return ArtifactReader.read(artifacts.resolve("models").resolve(version));
    }
}
