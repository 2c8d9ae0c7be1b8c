package dev.discern.benchmarks;

import dev.discern.common.data.ItemText;
import dev.discern.common.db.ItemStore;
import dev.discern.common.db.JudgmentStore;
import dev.discern.scoring.ScoringApplication;
import dev.discern.scoring.llm.ChatProvider;
import dev.discern.scoring.llm.Llm;
import dev.discern.scoring.prompt.ChatPrompt;
import dev.discern.scoring.prompt.PromptRenderer;
import dev.discern.scoring.prompt.PromptTemplates;
import dev.discern.scoring.testing.LlmStub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scoring service as it is, in this process, with an embedded Postgres that writes to disk and a stub of an LLM on the loopback.
 *
 * @param home the service's folder, deleted in the end
 */
record ScoringService(EmbeddedPostgres postgres, LlmStub stub, Path home, ConfigurableApplicationContext context)
        implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int POLL_MILLIS = 100;
    private static final int LOOK_MILLIS = 2_000;
    private static final int MAX_WAIT_MILLIS = 300_000;
    private static final int ITEMS = 2_000;

    /** Several services' settings lie on this classpath under one name; what they share is read, and the rest said here. */
    private static final String SETTINGS = "classpath:/discern-web.yaml,classpath:/discern-batch.yaml";

    /** Starts all three. */
    static ScoringService start(int concurrency) {
        try {
            Path home = Files.createTempDirectory("discern-bench-");
            LlmStub stub = new LlmStub();
            stub.keepNoQuestions();
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on") // zonky switches it off
                    .setServerConfig("jit", "off")
                    .start();
            return new ScoringService(postgres, stub, home, service(postgres, stub, home, concurrency));
        } catch (IOException e) {
            throw new UncheckedIOException("could not start the embedded Postgres", e);
        }
    }

    private static ConfigurableApplicationContext service(
            EmbeddedPostgres postgres, LlmStub stub, Path home, int concurrency) {
        return new SpringApplicationBuilder(ScoringApplication.class)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--spring.config.location=" + SETTINGS,
                        "--spring.application.name=llm-scoring-service",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--discern.security.api-key=",
                        "--discern.home=" + home,
                        "--discern.scoring.uploads.folder=" + home.resolve("uploads"),
                        "--discern.scoring.imports.rejects-folder=" + home.resolve("rejects"),
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres",
                        "--spring.datasource.password=postgres",
                        "--discern.llm.base-url=" + stub.baseUrl(),
                        "--discern.llm.model=stub",
                        "--discern.llm.limits.concurrency=" + concurrency,
                        "--discern.llm.limits.requests-per-minute=" + Integer.MAX_VALUE,
                        "--discern.llm.limits.tokens-per-minute=" + Long.MAX_VALUE / 1_000_000_000);
    }

    /** Users with eight items each. */
    void plant(int users) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into app_user (external_id) select 'u' || n from generate_series(1, %d) n"
                    .formatted(users));
            statement.execute("""
                    insert into item (external_id, title)
                    select 'i' || n, 'The film of the kind no. ' || n || ', with all that belongs to it' from generate_series(1, %d) n""".formatted(ITEMS));
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, 1 + (u.id * 7 + n * (61 + u.id %% 83)) %% %d, timestamptz '2024-01-01' + n * interval '1 day'
                    from app_user u cross join generate_series(1, 8) n on conflict do nothing""".formatted(ITEMS));
            statement.execute("analyze");
        } catch (SQLException e) {
            throw new IllegalStateException("could not plant the data: " + e.getMessage(), e);
        }
    }

    Connection connection() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    /** Begins to ask so many users of an endpoint that takes so long; each seed draws other questions. */
    Job begin(int prompts, long seed, int latencyMillis) {
        stub.reset();
        stub.answerAfter(latencyMillis);
        String request = "{\"judge\":\"chat\",\"users\":%d,\"seed\":%d}".formatted(prompts, seed);
        JsonNode job = send("POST", "scoring-jobs", BodyPublishers.ofString(request));
        return new Job(job.at("/id").asLong(), prompts);
    }

    /** The questions of a run as they were asked. */
    List<ChatPrompt> prompts(long run) {
        Map<Long, String> texts = new HashMap<>();
        context.getBean(ItemStore.class)
                .forEach((item, rowId) -> texts.put(rowId, ItemText.of(item).text()));
        PromptRenderer renderer = new PromptRenderer(
                context.getBean(PromptTemplates.class).current(), rowId -> texts.getOrDefault(rowId, ""));
        List<ChatPrompt> prompts = new ArrayList<>();
        context.getBean(JudgmentStore.class).forEachScored(run, (set, answer) -> prompts.add(renderer.render(set)));
        return prompts;
    }

    /** What makes the service's HTTP calls. */
    ChatProvider provider() {
        return context.getBean(Llm.class).provider();
    }

    private JsonNode send(String method, String path, BodyPublisher body) {
        String address = "http://127.0.0.1:%s/v1/admin/%s"
                .formatted(context.getEnvironment().getProperty("local.server.port"), path);
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s %s: HTTP %d: %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while measuring", e);
    }

    /** A scoring job. */
    final class Job {

        private final long id;
        private final int prompts;

        private Job(long id, int prompts) {
            this.id = id;
            this.prompts = prompts;
        }

        long id() {
            return id;
        }

        /** Waits until the stub has had so many of its calls; the time then. */
        long awaitCalls(long calls) {
            while (!reached(calls, LOOK_MILLIS)) {
                if (resource().has("endedAt")) {
                    result(); // tells what went wrong
                    return System.nanoTime();
                }
            }
            return System.nanoTime();
        }

        /** What the job tells at its end, when all is scored and the ledger is the stub's own count. */
        JsonNode result() {
            JsonNode resource = resource();
            while (!resource.has("endedAt")) {
                pause(POLL_MILLIS);
                resource = resource();
            }
            if (!resource.at("/status").asString().equals("COMPLETED")) {
                throw new IllegalStateException("the scoring job ended as " + resource);
            }
            JsonNode result = resource.at("/result");
            requireAlike("scored prompts", result.at("/scored").asLong(), prompts);
            requireAlike("calls", result.at("/calls").asLong(), stub.calls());
            requireAlike("prompt tokens", result.at("/promptTokens").asLong(), stub.promptTokens());
            requireAlike("completion tokens", result.at("/completionTokens").asLong(), stub.completionTokens());
            return result;
        }

        private JsonNode resource() {
            return send("GET", "jobs/" + id, BodyPublishers.noBody());
        }
    }

    /** Waits until the stub has had so many calls; the time then. */
    long awaitCalls(long calls) {
        if (!reached(calls, MAX_WAIT_MILLIS)) {
            throw new IllegalStateException("the endpoint had %,d calls of %,d".formatted(stub.calls(), calls));
        }
        return System.nanoTime();
    }

    private boolean reached(long calls, int patienceMillis) {
        for (int tick = 0; stub.calls() < calls; tick++) {
            if (tick >= patienceMillis) {
                return false;
            }
            pause(1);
        }
        return true;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void requireAlike(String what, long ledger, long stub) {
        if (ledger != stub) {
            throw new IllegalStateException(
                    "the scoring service counts %,d %s, the endpoint %,d".formatted(ledger, what, stub));
        }
    }

    @Override
    public void close() {
        try (postgres;
                stub;
                context) {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException("could not clean up after the scoring service", e);
        }
    }
}
