package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.command.Session;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.TestTerminal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code discern embed} and {@code --warm-start} as a user sees them. */
class EmbedCommandTests {

    private static final String ENCODE = "/v1/admin/encoding-jobs";
    private static final String EMBED = "/v1/admin/embedding-jobs";
    private static final String TRAIN = "/v1/admin/training-jobs";

    @TempDir
    Path folder;

    private final TestTerminal terminal = new TestTerminal();
    private final FakeService scoring = FakeService.start();
    private final FakeService training = FakeService.start();

    @AfterEach
    void stop() {
        scoring.close();
        training.close();
    }

    private int run(String... arguments) {
        Map<String, String> environment = Map.of(
                "DISCERN_TRAINING_PORT", Integer.toString(training.port()),
                "DISCERN_SCORING_PORT", Integer.toString(scoring.port()));
        return Discern.run(new Session(new Settings(environment, folder), terminal.terminal()), arguments);
    }

    private static String completed(String result) {
        return "{\"id\":5,\"name\":\"job\",\"status\":\"COMPLETED\",\"result\":%s}".formatted(result);
    }

    @Test
    void textsAreEncodedFirstAndThenTheChampionGetsTheItems() {
        scoring.on("POST " + ENCODE, 200, completed("{\"encoder\":\"e5-small-v2-q\",\"texts\":1200,\"encoded\":1000}"));
        training.on("POST " + EMBED, 200, completed("""
                {"version":"history-off-9","embeddedFrom":"history-off-4","newItems":1000,"withoutVector":0,"withoutText":3,
                 "champion":true}"""));

        assertThat(run("embed")).isZero();

        assertThat(terminal.out())
                .contains("1,000 texts encoded by e5-small-v2-q")
                .contains("history-off-9: history-off-4 with 1,000 new items; it is champion now")
                .contains("3 new items have no text, and need a training")
                .doesNotContain("has not encoded");
        assertThat(training.requests("POST", EMBED).getFirst().body()).isEqualTo("{\"version\":\"champion\"}");
    }

    @Test
    void nothingNewIsNoError() {
        scoring.on("POST " + ENCODE, 200, completed("{\"encoder\":\"all-minilm-l6-v2-q\",\"texts\":5,\"encoded\":0}"));
        training.on("POST " + EMBED, 200, completed("""
                {"version":null,"embeddedFrom":"history-off-4","newItems":0,"withoutVector":2,"withoutText":0,"champion":false}"""));

        assertThat(run("embed", "--model", "history-off-4", "--encoder", "all-minilm-l6-v2-q"))
                .isZero();

        assertThat(terminal.out())
                .contains("history-off-4 knows every item that has a text vector: nothing to publish")
                .contains("2 new items have a text that the model's own encoder has not encoded");
        assertThat(scoring.requests("POST", ENCODE).getFirst().body())
                .isEqualTo("{\"encoder\":\"all-minilm-l6-v2-q\"}");
        assertThat(training.requests("POST", EMBED).getFirst().body()).isEqualTo("{\"version\":\"history-off-4\"}");
    }

    @Test
    void aTrainingAndAScheduleSayWhatTheyBeginWith() {
        training.on("POST " + TRAIN, 200, completed("""
                        {"version":"v2","backbone":"history","regularizer":"off","seed":1,"bestEpoch":1,"epochs":2}""")).on("POST /v1/admin/schedules", 201, """
                        {"id":1,"name":"nightly","training":{"backbone":"history","regularizer":"off","seed":1,"threads":1,"parameters":{}},
                         "promote":true,"enabled":true}""");

        assertThat(run("train", "--backbone", "history", "--regularizer", "off", "--warm-start", "champion"))
                .isZero();
        assertThat(run(
                        "schedules",
                        "add",
                        "nightly",
                        "--cron",
                        "0 0 3 * * *",
                        "--regularizer",
                        "off",
                        "--warm-start",
                        "v1"))
                .isZero();
        assertThat(run("train", "--backbone", "history", "--regularizer", "off"))
                .isZero();

        assertThat(training.requests("POST", TRAIN).getFirst().body()).contains("\"warmStart\":\"champion\"");
        assertThat(training.requests("POST", TRAIN).getLast().body()).doesNotContain("warmStart");
        assertThat(training.requests("POST", "/v1/admin/schedules").getFirst().body())
                .contains("\"warmStart\":\"v1\"");
    }

    @Test
    void modelsTellWhereTheyComeFrom() {
        training.on("GET /v1/admin/aliases", 200, "{}").on("GET /v1/admin/models", 200, """
                [{"version":"v3","backbone":"history","regularizer":"off","seed":1,"state":"candidate","embeddedFrom":"v2","warmStart":"v1"},
                 {"version":"v2","backbone":"history","regularizer":"off","seed":1,"state":"candidate","warmStart":"v1"}]""");

        assertThat(run("models")).isZero();

        assertThat(terminal.out()).containsPattern("v3 .*v2, with new items").containsPattern("v2 .*v1, by warm start");
    }
}
