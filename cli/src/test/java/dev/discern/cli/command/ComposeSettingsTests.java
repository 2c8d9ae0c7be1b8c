package dev.discern.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeSettingsTests {

    @TempDir
    Path repository;

    @Test
    void theEnvFileIsReadAndTheEnvironmentLiesOverIt() throws IOException {
        Files.writeString(repository.resolve(".env"), """
                # keys
                DISCERN_API_KEY="from the file"
                DISCERN_SERVING_PORT=18080
                DISCERN_SCORING_PORT = not an assignment
                EMPTY=
                WITH_EQUALS='a=b'
                export EXPORTED=yes
                COMMENTED=value # and why
                QUOTED_COMMENT="a # b" # and why
                HASH=a#b
                NOTHING= # but a comment
                """);
        Settings settings = ComposeSettings.of(new Settings(
                Map.of("DISCERN_REPO", repository.toString(), "DISCERN_SERVING_PORT", "28080"), repository));
        assertThat(settings.variable("DISCERN_API_KEY")).hasValue("from the file");
        assertThat(settings.variable("DISCERN_SERVING_PORT")).hasValue("28080");
        assertThat(settings.variable("WITH_EQUALS")).hasValue("a=b");
        assertThat(settings.variable("EMPTY")).isEmpty();
        assertThat(settings.variable("EXPORTED")).hasValue("yes");
        assertThat(settings.variable("COMMENTED")).hasValue("value");
        assertThat(settings.variable("QUOTED_COMMENT")).hasValue("a # b");
        assertThat(settings.variable("HASH")).hasValue("a#b");
        assertThat(settings.variable("NOTHING")).isEmpty();
        assertThat(settings.variable("DISCERN_SCORING_PORT")).isEmpty();
    }

    @Test
    void withoutAnEnvFileTheEnvironmentIsAll() {
        Map<String, String> environment = Map.of("DISCERN_REPO", repository.toString());
        assertThat(ComposeSettings.of(new Settings(environment, repository)).environment())
                .isEqualTo(environment);
    }
}
