package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.training.testing.TrainingServiceTest;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What can be seen of a model while it is trained. */
class TrainingTelemetryIntegrationTests extends TrainingServiceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Autowired
    private MeterRegistry meters;

    @Test
    void anEpochIsToldInNumbersWhileTheJobRuns() throws Exception {
        long run = database().writeScoringRun("COMPLETED");
        long job = client().start("/v1/admin/training-jobs", """
                        {"backbone":"bpr-mf","regularizer":"paper","scoringRun":%d,
                         "parameters":{"dim":8,"maxEpochs":100000,"patience":100000}}""".formatted(run));

        JsonNode metrics = told(job);
        assertThat(metrics.at("/loss").asDouble()).isBetween(0.0, 1.0);
        assertThat(metrics.at("/samplesPerSecond").asDouble()).isGreaterThan(1);
        assertThat(metrics.at("/validation").asDouble()).isBetween(0.0, 1.0);
        assertThat(metrics.at("/meanAlpha").asDouble()).isBetween(1e-9, 1.0);
        assertThat(gauge("epochs", job).value()).isGreaterThanOrEqualTo(1);
        assertThat(gauge("loss", job).value()).isBetween(0.0, 1.0);
        assertThat(gauge("samples.rate", job).value()).isGreaterThan(1);
        assertThat(gauge("validation", job).value()).isBetween(0.0, 1.0);

        assertThat(client().post("/v1/admin/jobs/" + job + ":stop", "").status())
                .isEqualTo(202);
        assertThat(client().ended(job).has("progress")).isFalse();
        assertThat(meters.find("discern.training.loss")
                        .tag("job", Long.toString(job))
                        .gauge())
                .as("a job that has ended has no gauges")
                .isNull();
    }

    /** The metrics of the first event that tells of the {@code fit} step. */
    private JsonNode told(long job) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/v1/admin/jobs/%d/events".formatted(port, job)))
                .header("X-API-Key", ADMIN_KEY)
                .build();
        try (HttpClient http = HttpClient.newHttpClient();
                Stream<String> lines =
                        http.send(request, BodyHandlers.ofLines()).body()) {
            JsonNode progress = lines.filter(line -> line.startsWith("data:"))
                    .map(line -> JSON.readTree(line.substring("data:".length())).at("/progress"))
                    .filter(event -> event.at("/step").asString("").equals("fit"))
                    .findFirst()
                    .orElseThrow();
            http.shutdownNow();
            return progress.at("/metrics");
        }
    }

    private Gauge gauge(String name, long job) {
        return meters.get("discern.training." + name)
                .tags("job", Long.toString(job), "backbone", "bpr-mf", "regularizer", "paper")
                .gauge();
    }
}
