package dev.discern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.command.Session;
import dev.discern.cli.settings.Settings;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.FakeService.Response;
import dev.discern.cli.testing.FakeServices;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code discern demo --compose}, against services that were published at the ports of a {@code .env} file. */
class ComposeDemoTests {

    private final FakeServices services = new FakeServices();
    private final TestTerminal terminal = new TestTerminal();

    @TempDir
    Path repository;

    @BeforeEach
    void writeData() throws IOException {
        Files.createDirectories(repository.resolve("shop"));
        Files.writeString(repository.resolve("shop/items.csv"), "item_id\n");
        Files.writeString(repository.resolve("shop/interactions.csv"), "user_id,item_id\n" + "u,i\n".repeat(5));
    }

    @AfterEach
    void stop() {
        services.close();
    }

    private void writeEnv(String key, int trainingPort) throws IOException {
        Files.writeString(
                repository.resolve(".env"),
                "%s\nDISCERN_SCORING_PORT=%d\nDISCERN_TRAINING_PORT=%d\nDISCERN_SERVING_PORT=%d\n"
                        .formatted(key, services.scoring.port(), trainingPort, services.serving.port()));
    }

    private int demo(String... more) {
        Settings settings = new Settings(Map.of("DISCERN_REPO", repository.toString()), repository);
        String[] arguments = Stream.concat(Stream.of("demo", "--compose", "--data", "shop"), Stream.of(more))
                .toArray(String[]::new);
        return Discern.run(new Session(settings, terminal.terminal()), arguments);
    }

    private List<String> trained() {
        return services.training.requests("POST", "/v1/admin/training-jobs").stream()
                .map(FakeService.Request::body)
                .toList();
    }

    private static String training(String backbone, String regularizer, @Nullable Long run, int threads) {
        return "{\"backbone\":\"%s\",\"regularizer\":\"%s\",\"seed\":1,\"scoringRun\":%s,\"threads\":%d,\"parameters\":{}}"
                .formatted(backbone, regularizer, run, threads);
    }

    @Test
    void comparesWhatTellsMostInTheTimeThatTheBackboneLeaves() throws IOException {
        writeEnv("DISCERN_API_KEY=key", services.training.port());
        int cores = Runtime.getRuntime().availableProcessors();

        assertThat(demo()).as(terminal.err()).isZero();
        assertThat(trained())
                .containsExactly(
                        training("history", "off", null, cores),
                        training("history", "gated", 5L, cores),
                        training("history", "judge-free", 5L, cores),
                        training("history", "global", 5L, cores));
    }

    @Test
    void bprMfHasTimeForMoreOnOneThread() throws IOException {
        writeEnv("DISCERN_API_KEY=key", services.training.port());

        assertThat(demo("--backbone", "bpr-mf")).as(terminal.err()).isZero();
        assertThat(trained())
                .containsExactly(
                        training("bpr-mf", "off", null, 1),
                        training("bpr-mf", "gated", 4L, 1),
                        training("bpr-mf", "judge-free", 4L, 1),
                        training("bpr-mf", "global", 4L, 1),
                        training("bpr-mf", "pointwise", 4L, 1),
                        training("bpr-mf", "paper", 4L, 1));
    }

    @Test
    void theWholeFlowRunsThroughThePublishedPortsWithTheKeyOfTheEnvFile() throws IOException {
        writeEnv("DISCERN_API_KEY=key-of-the-stack", services.training.port());
        assertThat(demo("--regularizers", "gated,paper", "--json", "report.json"))
                .as(terminal.err())
                .isZero();
        assertThat(services.scoring.requests())
                .extracting(FakeService.Request::apiKey)
                .containsOnly("key-of-the-stack");
        assertThat(services.training.requests("PUT", "/v1/admin/aliases/champion"))
                .hasSize(1);
        assertThat(terminal.out())
                .contains("For user u, who has 5 interactions:")
                .contains(services.serving.url() + "/v1/users/USER/recommendations?k=10")
                .doesNotContain("key-of-the-stack");
        assertThat(repository.resolve("report.json")).isNotEmptyFile();
    }

    @Test
    void aServiceThatIsStillStartingIsWaitedFor() throws IOException {
        writeEnv("DISCERN_API_KEY=key", services.training.port());
        services.training.on("GET /actuator/health/readiness", count -> new Response(count < 3 ? 503 : 200, "{}"));
        assertThat(demo()).as(terminal.err()).isZero();
        assertThat(services.training.requests("GET", "/actuator/health/readiness"))
                .hasSize(4);
        assertThat(terminal.err())
                .containsOnlyOnce("Waiting for the training service at " + services.training.url() + "\n");
    }

    @Test
    void aStackThatIsDownIsToldAtOnceWithTheWayToStartIt() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        writeEnv("DISCERN_API_KEY=key", free);
        assertThat(demo()).isEqualTo(1);
        assertThat(terminal.err())
                .isEqualTo(
                        "error: nothing listens at http://127.0.0.1:%d (training service): start the stack with `docker-compose up -d` in %s, or say with DISCERN_TRAINING_PORT at which port it is published. `discern demo` without --compose needs no Docker\n"
                                .formatted(free, repository));
        assertThat(services.scoring.requests("POST", "/v1/admin/uploads?name=items.csv"))
                .as("nothing is begun that cannot be ended")
                .isEmpty();
    }

    @Test
    void withoutAKeyNothingIsAsked() throws IOException {
        writeEnv("DISCERN_API_KEY=", services.training.port());
        assertThat(demo()).isEqualTo(1);
        assertThat(terminal.err())
                .contains("DISCERN_API_KEY is set neither in " + repository.resolve(".env"))
                .contains("copy .env.example there");
        assertThat(services.scoring.requests()).isEmpty();
    }
}
