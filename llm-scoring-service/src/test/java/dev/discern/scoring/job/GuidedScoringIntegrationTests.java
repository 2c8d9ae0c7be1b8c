package dev.discern.scoring.job;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.Snapshot;
import dev.discern.common.db.SnapshotReader;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.published.PublishedModels;
import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Candidates from a published model, and the model in the report. */
class GuidedScoringIntegrationTests extends ScoringServiceTest {

    private static final Catalogs CATALOG = new Catalogs(40, 60);
    private static final String PLAN = """
            {"encoder":"all-minilm-l6-v2-q","pairsPerUser":50,"quotas":{"uniform":3,"popular":0,"tail":0,"cold":0,"model":5,"rescue":4}}""";

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private SnapshotReader snapshots;

    @Autowired
    private ItemStore items;

    @Autowired
    private CandidateGuides guides;

    @Autowired
    private PublishedModels models;

    @Value("${discern.artifacts}")
    private Path artifacts;

    @BeforeEach
    void importCatalog(@LocalServerPort int port) throws Exception {
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, scoring_run restart identity cascade")
                .update();
        client.importFiles(CATALOG.itemRows(), CATALOG.interactionRows());
    }

    @AfterEach
    void withdrawModels() throws IOException {
        FileSystemUtils.deleteRecursively(artifacts);
    }

    @Test
    void candidatesComeFromTheChampionOfTheTimeAndTheReportComparesIt() throws Exception {
        publish("v1", null);

        JsonNode result = client.run("/scoring-jobs", PLAN).at("/result");
        publish("v2", null);

        long run = result.at("/runId").asLong();
        assertThat(json(client.get("/scoring-runs")).at("/0/parameters/model").asString())
                .isEqualTo("v1");
        List<JsonNode> answers = answers(run);
        assertThat(answers).hasSizeGreaterThan(20);
        Snapshot snapshot = snapshots.read();
        var scores = models.read("v1").on(snapshot);
        for (JsonNode answer : answers) {
            int user = snapshot.users().idx(answer.at("/userId").asString());
            int[] all = snapshot.histories().row(user);
            int[] own = Arrays.copyOf(all, all.length - 1); // the test item is drawn like any other
            List<String> top = Arrays.stream(
                            scores.top(user, 20, item -> Arrays.stream(own).noneMatch(mine -> mine == item)))
                    .mapToObj(snapshot.items()::id)
                    .toList();
            assertThat(candidates(answer, "model")).isSubsetOf(top).hasSizeBetween(3, 5);
            assertThat(candidates(answer, "rescue"))
                    .doesNotContainAnyElementsOf(top)
                    .hasSizeBetween(2, 4);
        }
        assertThat(count("pair_judgment where source = 'rescue' and run_id = " + run))
                .isEqualTo(answers.stream()
                        .mapToLong(answer -> (long) candidates(answer, "model").size()
                                * candidates(answer, "rescue").size())
                        .sum());

        JsonNode report = json(client.get("/reports/reliability?run=" + run));
        assertThat(report.at("/model/version").asString())
                .as("the run's, whoever is champion now")
                .isEqualTo("v1");
        assertThat(report.at("/model/prompts")).isEqualTo(report.at("/auditPrompts"));
        assertThat(report.at("/weightings/2/overModel/value").isNumber()).isTrue();
        assertThat(report.at("/verdict/text").asString()).contains("the model v1, which is right on 0.");
        assertThat(report.at("/notes").toString()).contains("The model v1 was trained on other data");
    }

    @Test
    void replayedElsewhereTheAnswersMakeTheSameRescuePairs() throws Exception {
        publish("v1", null);
        long run = client.run("/scoring-jobs", PLAN).at("/result/runId").asLong();
        String upload =
                client.upload("a.jsonl", client.get("/judgments?run=" + run).body());

        long replayed = client.run(
                        "/scoring-jobs",
                        "{\"judge\":\"recorded\",\"judgments\":\"%s\",\"pairsPerUser\":50}".formatted(upload))
                .at("/result/runId")
                .asLong();

        String rescue = "pair_judgment where source = 'rescue' and run_id = ";
        assertThat(count(rescue + replayed)).isEqualTo(count(rescue + run)).isPositive();
    }

    @Test
    void aReportNamesTheChampionAndWhatItLearnedFrom() throws Exception {
        long run = client.run("/scoring-jobs", "{\"encoder\":\"all-minilm-l6-v2-q\"}")
                .at("/result/runId")
                .asLong();
        assertThat(json(client.get("/reports/reliability?run=" + run))
                        .at("/notes")
                        .toString())
                .contains("No model is compared: there is no champion. Train a model and promote it.");

        publish("v1", run);
        JsonNode report = json(client.get("/reports/reliability?run=" + run));
        assertThat(report.at("/model/version").asString()).isEqualTo("v1");
        assertThat(report.at("/notes/0").asString())
                .isEqualTo(
                        "The model v1 was trained with the judgments of this very run: what it knows may be a judge's own word.");

        damage("v1");
        report = json(client.get("/reports/reliability?run=" + run));
        assertThat(report.has("model")).isFalse();
        assertThat(report.at("/notes/0").asString())
                .startsWith("No model is compared: ")
                .contains("SHA-256");
    }

    @Test
    void aModelThatIsNotThereOrDamagedIsRefusedWithTheReason() throws Exception {
        assertRefused(PLAN, "/model", "there is no champion: train a model and promote it");
        publish("v1", null);
        assertRefused(
                PLAN.replaceFirst("\\{", "{\"model\":\"v9\","),
                "/model",
                "expected a published model in %s, found none".formatted(artifacts.resolve("models/v9")));
        damage("v1");
        assertRefused(PLAN, "/model", artifacts.resolve("models/v1/users.ids") + ": expected SHA-256 ");
        assertRefused(
                PLAN.replace("\"model\":5,", "\"model\":0,"),
                "/quotas",
                "rescue candidates are paired with the model's own: model must be at least 1 where rescue is 4");
        assertThat(json(client.get("/scoring-runs")).isEmpty()).isTrue();
    }

    @Test
    void rescueNeedsTexts() throws Exception {
        publish("v1", null);
        jdbc.sql("update item set title = '', categories = '{}', description = ''")
                .update();

        assertRefused(PLAN, "/quotas", "rescue draws by the vectors of the items' texts, and no item has a text");
    }

    @Test
    void whoCannotWaitForTheVectorsIsToldWhoMakesThem() throws Exception {
        publish("v1", null);
        jdbc.sql("truncate item_vector").update();
        ScoringPlan plan = new ScoringPlan(
                "embedded", "all-minilm-l6-v2-q", null, 1, 1, 50, new Quotas(3, 0, 0, 0, 5, 4), "v1", null, null, "v");

        assertThatExceptionOfType(InvalidPlanException.class)
                .isThrownBy(() -> guides.requireVectors(plan, new ItemTexts(items)))
                .withMessage(
                        "rescue draws by the vectors of the items' texts, and 59 of 59 texts have none yet: a run of the embedded judge with the encoder all-minilm-l6-v2-q, about one user even, makes them");
        client.run("/scoring-jobs", "{\"encoder\":\"all-minilm-l6-v2-q\",\"users\":1}");
        assertThatNoException().isThrownBy(() -> guides.requireVectors(plan, new ItemTexts(items)));
    }

    private void assertRefused(String request, String pointer, String message) throws Exception {
        HttpResponse<String> answer = client.post("/scoring-jobs", request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(json(answer).at("/errors/0/message").asString()).startsWith(message);
    }

    private List<JsonNode> answers(long run) throws Exception {
        return client.get("/judgments?run=" + run)
                .body()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private static List<String> candidates(JsonNode answer, String source) {
        List<String> candidates = new java.util.ArrayList<>();
        for (int position = 0; position < answer.at("/sources").size(); position++) {
            if (answer.at("/sources/" + position).asString().equals(source)) {
                candidates.add(answer.at("/candidates/" + position).asString());
            }
        }
        return candidates;
    }

    /** Publishes a random model of all there is, and makes it the champion. */
    private void publish(String version, @Nullable Long scoringRun) {
        Snapshot snapshot = snapshots.read();
        Artifact random =
                Models.random(version, snapshot.users(), snapshot.items(), 4, new SplittableRandom(version.hashCode()));
        new ArtifactWriter(artifacts)
                .write(Models.of(
                        version,
                        random.userIds(),
                        random.itemIds(),
                        random.users(),
                        random.items(),
                        random.itemBias(),
                        scoringRun));
        new Aliases(artifacts).point(Alias.CHAMPION, version);
    }

    private void damage(String version) throws IOException {
        Files.writeString(
                artifacts.resolve("models").resolve(version).resolve("users.ids"),
                "mallory\n",
                StandardOpenOption.APPEND);
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
