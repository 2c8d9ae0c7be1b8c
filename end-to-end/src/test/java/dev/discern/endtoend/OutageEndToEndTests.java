package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.db.ItemStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A minute of load, in whose middle Postgres crashes and comes back, and models are published that cannot be read: every recommendation is
 * answered, and every event that was accepted is kept once. {@code -Ddiscern.outage.seconds} names another length.
 */
class OutageEndToEndTests {

    private static final Duration LOAD = Duration.ofSeconds(Integer.getInteger("discern.outage.seconds", 60));
    private static final int READERS = 3;
    private static final int WRITERS = 3;
    private static final int EVENTS_A_CALL = 3;
    private static final int PAUSE_MILLIS = 10;

    @TempDir
    private Path home;

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicInteger recommendations = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private volatile boolean loadEnds;

    @Test
    void recommendationsGoOnAndEventsCountOnce() throws Exception {
        int port = ServiceProcess.freePort();
        EmbeddedPostgres postgres = start(port);
        try {
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            ItemStore items = new ItemStore(postgres.getPostgresDatabase());
            ShopModels.catalog("v1", ShopModels.ITEMS).forEach(items::put);
            Path artifacts = home.resolve("artifacts");
            ArtifactWriter writer = new ArtifactWriter(artifacts);
            Aliases aliases = new Aliases(artifacts);
            writer.write(ShopModels.bprMf("v1", 1, null));
            aliases.point(Alias.CHAMPION, "v1");
            try (ServingJar serving = ServingJar.start(
                    artifacts,
                    home.resolve("serving.log"),
                    "--discern.database.url=jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port),
                    "--discern.database.user=postgres",
                    "--discern.database.password=postgres")) {
                ServingClient client = new ServingClient(serving.address(), "");
                client.await("/actuator/health", health -> status(health).equals("UP"));
                long begin = System.nanoTime();
                try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
                    IntStream.range(0, READERS).forEach(_ -> clients.execute(() -> recommend(client)));
                    IntStream.range(0, WRITERS).forEach(writerNo -> clients.execute(() -> tell(client, writerNo)));
                    try {
                        sleepUntil(begin, 0.25);
                        crash(postgres);
                        corrupt(writer.write(ShopModels.bprMf("flipped", 2, null)));
                        age(writer.write(ShopModels.bprMf("newer", 3, null)));
                        aliases.point(Alias.CHAMPION, "flipped");
                        aliases.point(Alias.CHALLENGER, "newer");
                        JsonNode degraded = client.await(
                                "/actuator/health",
                                health -> status(health).equals("DEGRADED")
                                        && health.at("/components/model/details")
                                                .has("cannotLoad")
                                        && health.at("/components/model/details")
                                                .has("cannotLoadChallenger"));
                        assertThat(degraded.at("/components/database/status").asString())
                                .isEqualTo("DEGRADED");
                        assertThat(degraded.at("/components/model/details/champion")
                                        .asString())
                                .isEqualTo("v1");
                        assertThat(degraded.at("/components/model/details/cannotLoad")
                                        .asString())
                                .contains("embeddings.safetensors", "expected SHA-256");
                        assertThat(degraded.at("/components/model/details/cannotLoadChallenger")
                                        .asString())
                                .contains("manifest.json", "expected format version");

                        sleepUntil(begin, 0.6);
                        postgres = start(port);
                        sleepUntil(begin, 0.75);
                        writer.write(ShopModels.bprMf("v2", 4, null));
                        aliases.point(Alias.CHAMPION, "v2");
                        aliases.point(Alias.CHALLENGER, "v2");
                        client.await(
                                "/actuator/health",
                                health -> status(health).equals("UP")
                                        && !health.at("/components/model/details")
                                                .has("cannotLoad")
                                        && !health.at("/components/model/details")
                                                .has("cannotLoadChallenger")
                                        && health.at("/components/model/details/champion")
                                                .asString("")
                                                .equals("v2"));
                        sleepUntil(begin, 1);
                    } finally {
                        loadEnds = true;
                    }
                }
                assertThat(complaints).isEmpty();
                assertThat(client.get("/actuator/health")
                                .at("/components/database/details")
                                .has("warning"))
                        .isFalse();
                for (String name : accepted) {
                    assertThat(client.get("/v1/users/visitor-%s/recommendations?k=1".formatted(name))
                                    .at("/strategy")
                                    .asString())
                            .as("what %s did is known", name)
                            .isEqualTo("FOLD_IN");
                }
            }
            assertThat(recommendations).as("answers").hasValueGreaterThan(100);
            assertThat(refusals).as("calls refused while the database was away").hasPositiveValue();
            Map<String, Integer> kept = kept(postgres);
            assertThat(accepted)
                    .hasSizeGreaterThan(100)
                    .allSatisfy(id -> assertThat(kept).as(id).containsEntry(id, 1));
            assertThat(kept).allSatisfy((id, count) -> {
                assertThat(sent).contains(id);
                assertThat(count).as(id).isEqualTo(1);
            });
        } finally {
            postgres.close();
        }
    }

    private void recommend(ServingClient client) {
        for (int n = 0; !loadEnds; n++) {
            String user = n % 2 == 0 ? ShopModels.userId(n % ShopModels.USERS) : "visitor-" + n % 100;
            try {
                HttpResponse<String> answer = client.send("GET", "/v1/users/%s/recommendations".formatted(user), "");
                recommendations.incrementAndGet();
                if (answer.statusCode() != 200
                        || ServingClient.items(ServingClient.json(answer.body()))
                                        .size()
                                != 10) {
                    complaints.add("%d %s".formatted(answer.statusCode(), answer.body()));
                }
            } catch (RuntimeException e) {
                complaints.add("recommendation: " + e);
            }
            pause();
        }
    }

    /** Each event has a name; a call that was refused is repeated later, as its answer asks for. */
    private void tell(ServingClient client, int writer) {
        Deque<Set<String>> refused = new ArrayDeque<>();
        for (int call = 0; !loadEnds; call++) {
            int number = call;
            Set<String> names = call % 2 == 1 && !refused.isEmpty()
                    ? refused.removeFirst()
                    : IntStream.range(0, EVENTS_A_CALL)
                            .mapToObj(n -> "%d-%d-%d".formatted(writer, number, n))
                            .collect(Collectors.toSet());
            sent.addAll(names);
            String body = names.stream()
                    .map(name -> "{\"eventId\": \"%s\", \"userId\": \"visitor-%s\", \"itemId\": \"%s\"}"
                            .formatted(name, name, ShopModels.itemId(Math.floorMod(name.hashCode(), ShopModels.ITEMS))))
                    .collect(Collectors.joining(",", "{\"events\": [", "]}"));
            try {
                HttpResponse<String> answer = client.send("POST", "/v1/events", body);
                if (answer.statusCode() == 200) {
                    JsonNode told = ServingClient.json(answer.body());
                    accepted.addAll(names);
                    if (told.at("/rejected").asInt() > 0) {
                        complaints.add(answer.body());
                    }
                } else if (answer.statusCode() == 503
                        && answer.headers().firstValue("Retry-After").isPresent()) {
                    refusals.incrementAndGet();
                    refused.addLast(names);
                } else {
                    complaints.add("%d %s".formatted(answer.statusCode(), answer.body()));
                }
            } catch (RuntimeException e) {
                complaints.add("events: " + e);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void sleepUntil(long begin, double share) throws InterruptedException {
        long at = begin + (long) (share * LOAD.toNanos());
        TimeUnit.NANOSECONDS.sleep(Math.max(0, at - System.nanoTime()));
    }

    private static String status(JsonNode health) {
        return health.at("/status").asString("");
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(home.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setServerConfig("synchronous_commit", "on") // zonky's off loses in a crash what had been committed
                .start();
    }

    /** SIGQUIT ends a postmaster and its children at once, without what would make the next start an orderly one. */
    private void crash(EmbeddedPostgres postgres) throws Exception {
        String pid = Files.readAllLines(home.resolve("postgres/postmaster.pid"))
                .getFirst()
                .strip();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor()).isZero();
        postmaster.onExit().get(60, TimeUnit.SECONDS);
        postgres.close();
    }

    private static void corrupt(Path model) throws IOException {
        Path file = model.resolve("embeddings.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private static void age(Path model) throws IOException {
        Path file = model.resolve("manifest.json");
        String manifest = Files.readString(file);
        String newer = manifest.replaceFirst("\"formatVersion\"\\s*:\\s*\\d+", "\"formatVersion\": 999");
        assertThat(newer).isNotEqualTo(manifest);
        Files.writeString(file, newer);
    }

    private static Map<String, Integer> kept(EmbeddedPostgres postgres) throws SQLException {
        Map<String, Integer> kept = new HashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select event_id, count(*) from interaction group by event_id")) {
            while (rows.next()) {
                kept.put(rows.getString(1), rows.getInt(2));
            }
        }
        return kept;
    }
}
