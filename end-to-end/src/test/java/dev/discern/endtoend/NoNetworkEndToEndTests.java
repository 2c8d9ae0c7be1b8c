package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Artifacts and a loopback interface are all that the serving jar needs: no database, no route to anywhere, no name service. */
class NoNetworkEndToEndTests {

    private static final List<String> UNSHARE = List.of("unshare", "--user", "--map-root-user", "--net");
    private static final int MINUTES = 4;

    @TempDir
    private Path home;

    @Test
    void itAnswersWithoutARouteToAnywhere() throws Exception {
        assumeTrue(
                run(home.resolve("probe"), UNSHARE, "true") == 0,
                "network namespaces need Linux, unshare, and leave for users to make them: unshare --user --net");
        Path artifacts = home.resolve("artifacts");
        new ArtifactWriter(artifacts).write(ShopModels.bprMf("v1", 1, null));
        new Aliases(artifacts).point(Alias.CHAMPION, "v1");
        Path output = home.resolve("output");

        int exit = run(
                output,
                UNSHARE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                Path.of(IsolatedServing.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                IsolatedServing.class.getName(),
                artifacts.toString(),
                home.resolve("serving.log").toString(),
                "/v1/users/user-003/recommendations?k=7&explain=true",
                "/v1/users/nobody/recommendations?k=7",
                "/v1/items/item-001/similar?k=7",
                "/v1/users/user-003",
                "/actuator/health");

        List<String> lines = Files.readAllLines(output);
        assertThat(exit).as(String.join("\n", lines)).isZero();
        assertThat(lines).hasSize(6);
        assertThat(lines.getFirst()).as("elsewhere").isEqualTo("Network is unreachable");
        for (int line = 1; line <= 3; line++) {
            assertThat(ServingClient.items(answer(lines.get(line), 200))).hasSize(7);
        }
        assertThat(answer(lines.get(1), 200).at("/strategy").asString()).isEqualTo("PERSONALIZED");
        assertThat(answer(lines.get(2), 200).at("/strategy").asString()).isEqualTo("POPULAR");
        assertThat(answer(lines.get(4), 503).at("/code").asString()).isEqualTo("NO_DATABASE");
        assertThat(answer(lines.get(5), 200).at("/status").asString()).isEqualTo("UP");
    }

    private static JsonNode answer(String line, int status) {
        assertThat(line).startsWith(status + " ");
        return ServingClient.json(line.substring(4));
    }

    /** The exit status; 127, as a shell says, where there is no such program. */
    private static int run(Path output, List<String> before, String... program) throws InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(program));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return 127;
        }
    }
}
