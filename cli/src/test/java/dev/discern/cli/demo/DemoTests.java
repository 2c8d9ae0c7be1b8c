package dev.discern.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.ServingApi;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.report.DemoReport;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.FakeServices;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoTests {

    private final FakeServices services = new FakeServices();
    private final TestTerminal terminal = new TestTerminal();

    @TempDir
    Path folder;

    private DataFiles files = new DataFiles(Path.of(""), Path.of(""));

    @BeforeEach
    void writeData() throws IOException {
        files = new DataFiles(
                Files.writeString(folder.resolve("items.csv"), "item_id\n"),
                Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\n" + "u,i\n".repeat(5)));
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private DemoReport run(Judge judge) {
        return run(judge, null, Backbone.DEFAULT);
    }

    private DemoReport run(Judge judge, @Nullable Encoder encoder, Backbone backbone) {
        Demo demo = new Demo(
                new ScoringApi(client(ServiceName.SCORING, services.scoring), terminal.terminal()),
                new TrainingApi(client(ServiceName.TRAINING, services.training), terminal.terminal()),
                new ServingApi(client(ServiceName.SERVING, services.serving)),
                terminal.terminal());
        return demo.run(new DemoPlan(
                files,
                judge,
                encoder,
                judge == Judge.RECORDED ? files.items() : null,
                backbone,
                List.of(Regularizer.GATED, Regularizer.PAPER),
                2,
                1));
    }

    private static ServiceClient client(ServiceName service, FakeService fake) {
        return new ServiceClient(Endpoint.local(service, fake.port()), null);
    }

    private static String asked(String judge, String encoder, String judgments) {
        return "{\"judge\":\"%s\",\"encoder\":%s,\"judgments\":%s,\"users\":null,\"seed\":1,\"pairsPerUser\":null}"
                .formatted(judge, encoder, judgments);
    }

    private static String rescue(String encoder) {
        return asked("embedded", encoder, "null").replace("}", "")
                + ",\"quotas\":{\"uniform\":0,\"popular\":0,\"tail\":0,\"cold\":0,\"model\":9,\"rescue\":10},\"model\":\"v-off\"}";
    }

    private static String trained(String backbone, String regularizer, String run) {
        return "{\"backbone\":\"%s\",\"regularizer\":\"%s\",\"seed\":1,\"scoringRun\":%s,\"threads\":2,\"parameters\":{}}"
                .formatted(backbone, regularizer, run);
    }

    private static List<String> bodies(FakeService service, String path) {
        return service.requests("POST", path).stream()
                .map(FakeService.Request::body)
                .toList();
    }

    @Test
    void historyLearnsFromTheRareItemsThatItMisses() {
        DemoReport report = run(Judge.EMBEDDED, Encoder.MINILM, Backbone.HISTORY);

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs"))
                .containsExactly(asked("embedded", "\"all-minilm-l6-v2-q\"", "null"), rescue("\"all-minilm-l6-v2-q\""));
        assertThat(bodies(services.training, "/v1/admin/training-jobs"))
                .containsExactly(
                        trained("history", "off", "null"),
                        trained("history", "gated", "5"),
                        trained("history", "paper", "5"),
                        trained("history", "judge-free", "5"));
        assertThat(report.runs()).isEqualTo(new DemoReport.Runs(4, 5L));
    }

    @Test
    void whereNothingIsRareItLearnsFromWhatWasAskedBefore() {
        services.scoring.on(
                "POST /v1/admin/scoring-jobs", count -> FakeServices.scored(4 + count, count == 0 ? 540 : 0));

        DemoReport report = run(Judge.EMBEDDED);

        assertThat(bodies(services.training, "/v1/admin/training-jobs")).contains(trained("history", "gated", "4"));
        assertThat(report.runs()).isEqualTo(new DemoReport.Runs(4, null));
        assertThat(terminal.err()).contains("nothing is rare here");
    }

    @Test
    void theOtherBackbonesLearnFromPairsOfAllItems() {
        run(Judge.EMBEDDED, null, Backbone.BPR_MF);

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs"))
                .containsExactly(asked("embedded", "null", "null"));
        assertThat(bodies(services.training, "/v1/admin/training-jobs"))
                .containsExactly(
                        trained("bpr-mf", "off", "null"),
                        trained("bpr-mf", "gated", "4"),
                        trained("bpr-mf", "paper", "4"),
                        trained("bpr-mf", "judge-free", "4"));
    }

    @Test
    void comparesWithOffAndJudgeFreeWhateverIsAskedFor() {
        run(Judge.EMBEDDED);
        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly("{\"models\":[\"v-off\",\"v-gated\",\"v-paper\",\"v-judge-free\"],\"seed\":1}");
    }

    @Test
    void promotesTheGatedModelAndWaitsUntilItIsServed() {
        run(Judge.EMBEDDED);
        assertThat(services.training.requests("PUT", "/v1/admin/aliases/champion"))
                .extracting(FakeService.Request::body)
                .containsExactly("{\"version\":\"v-gated\"}");
        assertThat(services.serving.requests("GET", "/v1/users/nobody/recommendations?k=1&explain=false"))
                .as("asked until the new champion answered")
                .hasSize(3);
    }

    @Test
    void aGatedModelThatIsWorseLeavesTheChampion() {
        services.training
                .on("PUT /v1/admin/aliases/champion", 409, """
                        {"detail":"v-gated is worse","code":"WORSE_THAN_CHAMPION",
                         "errors":[{"pointer":"/version","code":"WORSE","message":"cold (80 users): ndcg@10 -0.02 [-0.03, -0.01]"}]}""")
                .on("GET /v1/admin/aliases", 200, "{\"champion\":\"v-old\"}");

        run(Judge.EMBEDDED);

        assertThat(terminal.out())
                .contains("Not promoted: v-gated is worse than the champion in")
                .contains("  cold (80 users): ndcg@10 -0.02 [-0.03, -0.01]")
                .contains("Recommendations of the champion, v-old");
    }

    @Test
    void printsTheJudgeTheComparisonTheWarningsAndRecommendations() {
        run(Judge.EMBEDDED);
        assertThat(terminal.out())
                .contains("9 users, 39 items, 100 interactions; 3 cold users, 8 long-tail items")
                .contains("Judge embedded (e5-small-v2-q): right on 0.710 [0.690, 0.730] of the pairs")
                .contains("Popularity alone: 0.450 [0.400, 0.500]")
                .contains("Gate: log loss on pairs that it was not fitted on: 0.6000 with the judge, 0.6500 without")
                .contains("gated  0.730 +0.050 [+0.040, +0.060]*")
                .contains("Warning, paper: the gate has collapsed")
                .contains("For user u, who has 5 interactions:")
                .contains(" 1. Alien (1979)  (i1, score 2.500): like Blade Runner (1982)");
    }

    @Test
    void recordedAnswersAreReplayedOnceTheTextsAreEncoded() {
        services.scoring.on("GET /v1/admin/reports/reliability?run=5", 200, FakeServices.RELIABILITY);

        DemoReport report = run(Judge.RECORDED);

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs"))
                .containsExactly(asked("embedded", "null", "null"), asked("recorded", "null", "\"up\""));
        assertThat(bodies(services.training, "/v1/admin/training-jobs")).contains(trained("history", "gated", "5"));
        assertThat(report.runs()).isEqualTo(new DemoReport.Runs(5, null));
    }

    @Test
    void withoutHistoryRecordedAnswersAreAllThatIsAsked() {
        run(Judge.RECORDED, null, Backbone.BPR_MF);
        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs"))
                .containsExactly(asked("recorded", "null", "\"up\""));
    }

    @Test
    void aFailedTrainingEndsTheDemoWithItsReason() {
        services.training.on(
                "POST /v1/admin/training-jobs",
                200,
                "{\"id\":8,\"name\":\"training\",\"status\":\"FAILED\",\"lastError\":\"the loss is not a number after epoch 3\"}");
        assertThatThrownBy(() -> run(Judge.EMBEDDED))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("train off failed")
                .hasMessageContaining("the loss is not a number after epoch 3");
    }

    @Test
    void theReportHasTheAgreedShape() throws IOException {
        Path file = folder.resolve("report.json");
        run(Judge.EMBEDDED).write(file);

        JsonNode report = JsonMapper.shared().readTree(Files.readString(file));

        assertThat(report.propertyNames())
                .containsExactly("dataset", "runs", "judge", "gate", "models", "comparisons", "seconds");
        assertThat(report.get("dataset").toString())
                .isEqualTo("{\"users\":9,\"items\":39,\"interactions\":100,\"coldUsers\":3,\"tailItems\":8}");
        assertThat(report.get("runs").toString()).isEqualTo("{\"scoring\":4,\"rescue\":5}");
        assertThat(report.get("judge").toString())
                .isEqualTo(
                        "{\"name\":\"embedded (e5-small-v2-q)\",\"pairAccuracy\":0.71,\"auditPrompts\":8,\"bySlice\":[{\"historyLength\":\"2-3\",\"popularity\":\"<=5\",\"n\":3,\"pairAccuracy\":0.6,\"ci95\":[0.5,0.7]}]}");
        assertThat(report.get("gate").toString())
                .isEqualTo(
                        "{\"coefficients\":[{\"name\":\"g0\",\"value\":0.4,\"standardError\":0.1}],\"logLoss\":0.6,\"logLossJudgeFree\":0.65,\"ece\":0.01}");
        assertThat(report.get("models").get(0).toString())
                .isEqualTo(
                        "{\"version\":\"v-off\",\"backbone\":\"history\",\"regularizer\":\"off\",\"seed\":1,\"metrics\":{\"all\":{\"auc\":0.68,\"ndcg@10\":0.01,\"recall@20\":0.03,\"users\":9},\"cold\":{\"auc\":0.66,\"ndcg@10\":0.01,\"recall@20\":0.03,\"users\":3},\"tail\":{\"auc\":null,\"ndcg@10\":null,\"recall@20\":null,\"users\":0},"
                                + "\"unseen\":{\"auc\":null,\"ndcg@10\":0.02,\"recall@20\":null,\"users\":1},\"head\":{\"auc\":null,\"ndcg@10\":null,\"recall@20\":null,\"users\":0}}}");
        assertThat(report.get("comparisons").toString())
                .isEqualTo(
                        "[{\"a\":\"v-gated\",\"b\":\"v-off\",\"slice\":\"all\",\"metric\":\"auc\",\"difference\":0.05,\"ci95\":[0.04,0.06]}]");
        assertThat(report.get("seconds").propertyNames())
                .containsExactly("import", "score", "train", "evaluate", "export");
        assertThat(StreamSupport.stream(report.get("seconds").spliterator(), false))
                .allMatch(seconds -> seconds.asDouble() >= 0);
    }
}
