package dev.discern.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real serving jar and the empty controller in it, under a little load. */
class ServeBenchmarkEndToEndTests {

    @Test
    void everyLineHasItsReference() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine = Benchmarks.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));

        int exitCode = commandLine.execute(
                "serve",
                "--items",
                "500",
                "--dim",
                "8",
                "--connections",
                "2",
                "--rounds",
                "1",
                "--seconds",
                "0.2",
                "--warm-up",
                "100",
                "--soak",
                "200",
                "--json");

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode lines = JsonMapper.builder().build().readTree(out.toString()).path("benchmarks");
        assertThat(lines.valueStream().map(line -> line.path("name").asString()))
                .containsExactly(
                        "top10 500x8 HTTP / empty",
                        "p50 at half load / empty",
                        "p99 / p50 at half load",
                        "the same of empty",
                        "batch of 500 / one by one",
                        "heap at 10 % / end of 200");
        assertThat(lines.valueStream()).allSatisfy(line -> {
            assertThat(line.path("value").asDouble()).isPositive();
            assertThat(line.path("reference").asDouble()).isPositive();
            assertThat(line.path("ratio").asDouble())
                    .isEqualTo(line.path("value").asDouble()
                            / line.path("reference").asDouble());
        });
        assertThat(lines.at("/2/ratio").asDouble())
                .as("p99 is no less than p50")
                .isGreaterThanOrEqualTo(1);
        assertThat(lines.at("/3/ratio").asDouble()).as("of empty, too").isGreaterThanOrEqualTo(1);
    }
}
