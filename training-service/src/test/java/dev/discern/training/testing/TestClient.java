package dev.discern.training.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The training service as its clients see it.
 *
 * @param key sent as {@code X-API-Key}; null for none
 */
public record TestClient(int port, @Nullable String key) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    /** An answer with its body read as JSON. */
    public record Answer(
            int status, String contentType, @Nullable String location, JsonNode body) {}

    public Answer get(String path) {
        return send("GET", path, "application/json", "");
    }

    public Answer post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    public Answer put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    /** Any request. */
    public Answer send(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(DEADLINE)
                .header("Content-Type", contentType)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (key != null) {
            request.header("X-API-Key", key);
        }
        try {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.headers().firstValue("Location").orElse(null),
                    JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a job and returns its id. */
    public long start(String path, String body) {
        Answer answer = post(path, body);
        assertThat(answer.status()).as(answer.body().toString()).isIn(200, 202);
        assertThat(answer.location())
                .isEqualTo("/v1/admin/jobs/" + answer.body().at("/id").asLong());
        return answer.body().at("/id").asLong();
    }

    /** The job once it has ended. */
    public JsonNode ended(long job) {
        return await(job, resource -> resource.has("endedAt"));
    }

    /** The job once it has done what was asked; its result. */
    public JsonNode completed(long job) {
        JsonNode ended = ended(job);
        assertThat(ended.at("/status").asString()).as(ended.toPrettyString()).isEqualTo("COMPLETED");
        return ended.at("/result");
    }

    /** The job as soon as it is as it should be. */
    public JsonNode await(long job, Predicate<JsonNode> wanted) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            JsonNode resource = get("/v1/admin/jobs/" + job).body();
            if (wanted.test(resource)) {
                return resource;
            }
            assertThat(System.nanoTime()).as("deadline for " + resource).isLessThan(deadline);
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
