package dev.discern.scoring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks the service as its clients do. */
public final class ScoringClient {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final AtomicInteger IMPORTS = new AtomicInteger();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public ScoringClient(int port) {
        this.base = "http://127.0.0.1:" + port + "/v1/admin";
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    /** With this Accept header. */
    public HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", accept)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", contentType)
                .method(method, body)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** The upload id of this content. */
    public String upload(String name, BodyPublisher content) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("POST", "/uploads?name=" + name, "application/octet-stream", content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json(answer).at("/uploadId").asString();
    }

    public String upload(String name, String content) throws IOException, InterruptedException {
        return upload(name, BodyPublishers.ofString(content));
    }

    /** Imports these files, although the same ones may have been imported before. */
    public void importFiles(String items, String interactions) throws IOException, InterruptedException {
        run(
                "/import-jobs",
                "{\"items\":\"%s\",\"interactions\":\"%s\",\"maxRejectShare\":%s}"
                        .formatted(
                                upload("items.csv", items),
                                upload("interactions.csv", interactions),
                                IMPORTS.incrementAndGet() / 1e6)); // other parameters are other work
    }

    /** Starts a job and waits for its success. */
    public JsonNode run(String path, String body) throws IOException, InterruptedException {
        JsonNode job = ended(started(path, body));
        assertThat(job.at("/status").asString()).as(job.toPrettyString()).isEqualTo("COMPLETED");
        return job;
    }

    /** Starts a job: its id. */
    public long started(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return json(answer).at("/id").asLong();
    }

    /** Restarts a job and waits for its success. */
    public JsonNode restarted(long job) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/jobs/" + job + ":restart", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode ended = ended(json(answer).at("/id").asLong());
        assertThat(ended.at("/status").asString()).as(ended.toPrettyString()).isEqualTo("COMPLETED");
        return ended;
    }

    /** Waits for what comes about by itself, a minute at most. */
    public static void until(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    public JsonNode ended(long job) throws IOException, InterruptedException {
        return until(job, resource -> resource.has("endedAt"));
    }

    public JsonNode until(long job, Predicate<JsonNode> condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (true) {
            JsonNode resource = json(get("/jobs/" + job));
            if (condition.test(resource)) {
                return resource;
            }
            assertThat(System.nanoTime()).as("deadline for " + resource).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    public static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
