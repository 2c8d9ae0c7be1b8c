package dev.discern.endtoend;

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
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A caller of the serving service.
 *
 * @param key empty for none
 */
record ServingClient(String address, String key) {

    static final Duration PATIENCE = Duration.ofMinutes(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Sends a request, with a JSON body where it is not empty.
     *
     * @param headers names and values in turn
     */
    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (!key.isEmpty()) {
            request.header("X-API-Key", key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    JsonNode get(String path) {
        return answer("GET", path, "", 200);
    }

    JsonNode post(String path, String body) {
        return answer("POST", path, body, 200);
    }

    /** The body of an answer of this status. */
    JsonNode answer(String method, String path, String body, int status) {
        HttpResponse<String> answer = send(method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isEqualTo(status);
        return answer.body().isEmpty() ? JSON.nullNode() : json(answer.body());
    }

    /** Asks until the answer, of whatever status, is as wanted. */
    JsonNode await(String path, Predicate<JsonNode> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            JsonNode found = json(send("GET", path, "").body());
            if (wanted.test(found)) {
                return found;
            }
            assertThat(System.nanoTime()).as("deadline for " + found).isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    /** Waits until a model answers. */
    void awaitReady() throws InterruptedException {
        await(
                "/actuator/health/readiness",
                health -> health.at("/status").asString("").equals("UP"));
    }

    static JsonNode json(String body) {
        return JSON.readTree(body);
    }

    /** The ids of an answer's items, best first. */
    static List<String> items(JsonNode answer) {
        assertThat(answer.at("/items").isArray()).as(answer.toString()).isTrue();
        return answer.at("/items")
                .valueStream()
                .map(item -> item.at("/itemId").asString())
                .toList();
    }
}
