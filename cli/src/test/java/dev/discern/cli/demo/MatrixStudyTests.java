package dev.discern.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.Endpoint;
import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.ScoringApi;
import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.data.DataFiles;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.FakeServices;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixStudyTests {

    private static final String EMBEDDED =
            "{\"judge\":\"embedded\",\"encoder\":null,\"judgments\":null,\"users\":null,\"seed\":1,\"pairsPerUser\":null}";
    private static final String RECORDED =
            "{\"judge\":\"recorded\",\"encoder\":null,\"judgments\":\"up\",\"users\":null,\"seed\":1,\"pairsPerUser\":null}";
    private static final String RESCUE =
            "{\"judge\":\"embedded\",\"encoder\":null,\"judgments\":null,\"users\":null,\"seed\":1,\"pairsPerUser\":null,"
                    + "\"quotas\":{\"uniform\":0,\"popular\":0,\"tail\":0,\"cold\":0,\"model\":9,\"rescue\":10},\"model\":\"v-off\"}";
    private static final String HISTORY_ALONE =
            "{\"backbone\":\"history\",\"regularizer\":\"off\",\"seed\":1,\"scoringRun\":null,\"threads\":1,\"parameters\":{}}";

    private final FakeServices services = new FakeServices();
    private final TestTerminal terminal = new TestTerminal();

    @TempDir
    Path folder;

    @BeforeEach
    void answerWithAMatrix() {
        services.training.on("POST /v1/admin/evaluation-jobs", 200, FakeServices.MATRIX);
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private Matrix.Completed run(@Nullable Path judgments, MatrixChoice choice) throws IOException {
        DataFiles files = new DataFiles(
                Files.writeString(folder.resolve("items.csv"), "item_id\n"),
                Files.writeString(folder.resolve("interactions.csv"), "user_id,item_id\n"));
        return new MatrixStudy(
                        new ScoringApi(client(ServiceName.SCORING, services.scoring), terminal.terminal()),
                        new TrainingApi(client(ServiceName.TRAINING, services.training), terminal.terminal()),
                        terminal.terminal())
                .run(new MatrixStudy.Plan(files, judgments, choice));
    }

    private static ServiceClient client(ServiceName service, FakeService fake) {
        return new ServiceClient(Endpoint.local(service, fake.port()), null);
    }

    private static List<String> bodies(FakeService service, String path) {
        return service.requests("POST", path).stream()
                .map(FakeService.Request::body)
                .toList();
    }

    @Test
    void historyLearnsFromWhatItMissesAndTheOthersFromWhatIsDrawnEvenly() throws IOException {
        Matrix.Completed completed = run(null, MatrixPreset.DEFAULT.choice(null, null, null, false));

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs")).containsExactly(EMBEDDED, RESCUE);
        assertThat(bodies(services.training, "/v1/admin/training-jobs")).containsExactly(HISTORY_ALONE);
        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly("{\"matrix\":{\"seeds\":3,\"scoringRun\":4,\"rescueRun\":5}}");
        assertThat(completed.job()).isEqualTo(20);
        assertThat(completed.report().rows()).hasSize(1);
        assertThat(terminal.err()).contains("39 items and 100 interactions of 9 users", "540 pairs judged");
    }

    @Test
    void whereNothingIsRareHistoryLearnsAsTheOthersDo() throws IOException {
        services.scoring.on(
                "POST /v1/admin/scoring-jobs", count -> FakeServices.scored(4 + count, count == 0 ? 540 : 0));

        run(null, MatrixPreset.DEFAULT.choice(null, null, null, false));

        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly("{\"matrix\":{\"seeds\":3,\"scoringRun\":4}}");
        assertThat(terminal.err()).contains("nothing is rare here");
    }

    @Test
    void recordedAnswersTeachEveryBackboneInPlaceOfTheEncoders() throws IOException {
        run(Files.writeString(folder.resolve("answers.jsonl"), ""), MatrixPreset.QUICK.choice(null, null, null, false));

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs")).containsExactly(EMBEDDED, RECORDED);
        assertThat(bodies(services.training, "/v1/admin/training-jobs")).isEmpty();
        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly(
                        "{\"matrix\":{\"backbones\":[\"history\",\"bpr-mf\"],\"regularizers\":[\"off\",\"gated\",\"judge-free\"],\"seeds\":1,\"scoringRun\":5}}");
    }

    @Test
    void whatNobodyLearnsFromIsNotAsked() throws IOException {
        run(null, MatrixPreset.DEFAULT.choice(List.of(Backbone.BPR_MF), null, 1, false));
        run(null, MatrixPreset.DEFAULT.choice(null, List.of(Regularizer.OFF, Regularizer.KAR), 1, false));

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs")).containsExactly(EMBEDDED, EMBEDDED);
        assertThat(bodies(services.training, "/v1/admin/training-jobs")).isEmpty();
        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly(
                        "{\"matrix\":{\"backbones\":[\"bpr-mf\"],\"seeds\":1,\"scoringRun\":4}}",
                        "{\"matrix\":{\"regularizers\":[\"off\",\"kar\"],\"seeds\":1,\"scoringRun\":5}}");
    }

    @Test
    void whereDaysAreShuffledTheEncoderIsAskedForItsVectorsAlone() throws IOException {
        run(null, MatrixPreset.QUICK.choice(null, null, null, true));
        run(null, MatrixPreset.DEFAULT.choice(null, null, null, true));

        assertThat(bodies(services.scoring, "/v1/admin/scoring-jobs")).containsExactly(EMBEDDED, EMBEDDED);
        assertThat(bodies(services.training, "/v1/admin/training-jobs")).isEmpty();
        assertThat(bodies(services.training, "/v1/admin/evaluation-jobs"))
                .containsExactly(
                        "{\"matrix\":{\"backbones\":[\"history\",\"bpr-mf\"],\"regularizers\":[\"off\"],\"seeds\":1,\"shuffleDays\":true}}",
                        "{\"matrix\":{\"seeds\":3,\"shuffleDays\":true}}");
    }
}
