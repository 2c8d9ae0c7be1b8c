package dev.discern.cli.command;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.settings.Settings;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.FakeServices;
import dev.discern.cli.testing.TestTerminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeStackTests {

    @TempDir
    Path repository;

    @Test
    void aServiceThatNeverStartsIsNamedWithWhereToLook() {
        try (FakeServices services = new FakeServices()) {
            services.serving.on("GET /actuator/health/liveness", 503, "{}");
            Map<String, String> environment = Map.of(
                    "DISCERN_REPO", repository.toString(),
                    "DISCERN_API_KEY", "key",
                    "DISCERN_SCORING_PORT", Integer.toString(services.scoring.port()),
                    "DISCERN_TRAINING_PORT", Integer.toString(services.training.port()),
                    "DISCERN_SERVING_PORT", Integer.toString(services.serving.port()));
            ComposeStack stack =
                    ComposeStack.of(new Session(new Settings(environment, repository), new TestTerminal().terminal()));
            assertThatThrownBy(() -> stack.awaitStarted(Duration.ofSeconds(1)))
                    .isInstanceOf(CliException.class)
                    .hasMessage(
                            "the serving service at %s/actuator/health/liveness does not answer 200 after 1 s: `docker-compose ps` and `docker-compose logs serving-service` in %s say more"
                                    .formatted(services.serving.url(), repository));
        }
    }
}
