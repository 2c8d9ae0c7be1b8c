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

/** The registry and the schedules as a user sees them. */
class RegistryCommandsTests {

    private static final String CHAMPION = "/v1/admin/aliases/champion";
    private static final String REFUSAL = """
            {"detail":"v2 is worse than the champion v1 in all, tail","code":"WORSE_THAN_CHAMPION","errors":[
             {"pointer":"/version","code":"WORSE","message":"all (900 users): ndcg@10 -0.0210 [-0.0300, -0.0120]"},
             {"pointer":"/version","code":"WORSE","message":"tail (100 users): ndcg@10 -0.0100 [-0.0150, -0.0050]"}]}""";

    @TempDir
    Path folder;

    private final TestTerminal terminal = new TestTerminal();
    private final FakeService training = FakeService.start();

    @AfterEach
    void stop() {
        training.close();
    }

    private int run(String... arguments) {
        Map<String, String> environment = Map.of("DISCERN_TRAINING_PORT", Integer.toString(training.port()));
        return Discern.run(new Session(new Settings(environment, folder), terminal.terminal()), arguments);
    }

    @Test
    void modelsAreListedWithStateAndLineage() {
        training.on("GET /v1/admin/aliases", 200, "{\"champion\":\"v2\"}").on("GET /v1/admin/models", 200, """
                [{"version":"v2","backbone":"bpr-mf","regularizer":"gated","seed":1,"state":"champion","createdAt":"2030-05-01T03:00:00.5Z",
                  "dataHash":"0123456789abcdef","judgmentsHash":"fedcba9876543210","codeVersion":"1.0+abc","host":"h","parameters":{}},
                 {"version":"v1","backbone":"bpr-mf","regularizer":"off","seed":1,"state":"retired","createdAt":"2030-04-01T03:00:00Z",
                  "dataHash":"0123456789abcdef"}]""");

        assertThat(run("models")).isZero();

        assertThat(terminal.out())
                .containsPattern(
                        "v2 +bpr-mf +gated +1 +champion +champion +2030-05-01T03:00:00Z +01234567 +fedcba98 +1.0\\+abc")
                .containsPattern("v1 +bpr-mf +off +1 +retired +2030-04-01T03:00:00Z +01234567");
    }

    @Test
    void aRefusalNamesTheSlicesAndTheWayRoundIt() {
        training.on("PUT " + CHAMPION, 409, REFUSAL);

        assertThat(run("promote", "v2")).isEqualTo(1);

        assertThat(terminal.out())
                .contains("refused: v2 is worse than the champion in")
                .contains("  all (900 users): ndcg@10 -0.0210 [-0.0300, -0.0120]")
                .contains("  tail (100 users): ndcg@10 -0.0100 [-0.0150, -0.0050]");
        assertThat(terminal.err()).contains("`discern promote v2 --force --reason TEXT` overrides it");
        assertThat(training.requests("PUT", CHAMPION).getFirst().body()).isEqualTo("{\"version\":\"v2\"}");
    }

    @Test
    void forceGoesWithAReason() {
        training.on("PUT " + CHAMPION, 200, "{\"version\":\"v2\",\"comparison\":{\"slices\":[]}}");

        assertThat(run("promote", "v2", "--force")).isEqualTo(2);
        assertThat(run("promote", "v2", "--reason", "why")).isEqualTo(2);
        assertThat(training.requests()).isEmpty();
        assertThat(run("promote", "v2", "--force", "--reason", "the judge was down"))
                .isZero();

        assertThat(training.requests("PUT", CHAMPION).getFirst().body())
                .isEqualTo("{\"version\":\"v2\",\"force\":true,\"reason\":\"the judge was down\"}");
        assertThat(terminal.out()).contains("champion: v2");
    }

    @Test
    void anotherConflictIsAnErrorLikeAnyOther() {
        training.on(
                "PUT " + CHAMPION, 409, "{\"detail\":\"the champion was a and is b now\",\"code\":\"ALIAS_MOVED\"}");

        assertThat(run("promote", "v2")).isEqualTo(1);

        assertThat(terminal.err()).contains("answered 409: the champion was a and is b now");
        assertThat(terminal.out()).doesNotContain("refused");
    }

    @Test
    void schedulesAreAddedListedAndRemoved() {
        training.on("POST /v1/admin/schedules", 201, schedule("null"))
                .on("GET /v1/admin/schedules", 200, "[%s]".formatted(schedule("\"trained v3, which is champion\"")))
                .on("DELETE /v1/admin/schedules/4", 204, "");

        assertThat(run("schedules", "add", "nightly")).isEqualTo(2);
        assertThat(run(
                        "schedules",
                        "add",
                        "nightly",
                        "--cron",
                        "0 0 3 * * *",
                        "--drift",
                        "--promote",
                        "--param",
                        "dim=8"))
                .isZero();
        assertThat(run("schedules", "list")).isZero();
        assertThat(run("schedules", "remove", "4")).isZero();

        assertThat(training.requests("POST", "/v1/admin/schedules").getFirst().body())
                .isEqualTo(
                        "{\"name\":\"nightly\",\"training\":{\"backbone\":\"history\",\"regularizer\":\"gated\",\"seed\":1,"
                                + "\"scoringRun\":null,\"threads\":1,\"parameters\":{\"dim\":8}},\"cron\":\"0 0 3 * * *\",\"newEvents\":null,"
                                + "\"drift\":0.2,\"promote\":true}");
        assertThat(terminal.out())
                .contains("schedule 4: nightly")
                .containsPattern("4 +nightly +bpr-mf gated +0 0 3 \\* \\* \\* or drift 0.2 +yes +2030-05-02T03:00:00Z"
                        + " +2030-05-01T03:00:07Z +because +trained v3, which is champion")
                .contains("removed schedule 4");
    }

    private static String schedule(String outcome) {
        return """
                {"id":4,"name":"nightly","training":{"backbone":"bpr-mf","regularizer":"gated","seed":1,"threads":1,"parameters":{}},
                 "cron":"0 0 3 * * *","drift":0.2,"promote":true,"enabled":true,"createdAt":"2030-05-01T00:00:00Z",
                 "nextAt":"2030-05-02T03:00:00Z","eventsSeen":5,"firedAt":"2030-05-01T03:00:07.123Z","firedBecause":"because","job":9,
                 "outcome":%s}""".formatted(outcome);
    }
}
