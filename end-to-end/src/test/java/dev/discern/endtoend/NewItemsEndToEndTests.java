package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ServiceClient;
import dev.discern.cli.api.ServiceName;
import dev.discern.common.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A catalogue of creams and films, and a film that comes after the training: the encoder reads its title, the training service puts it
 * into the champion, and serving, which nobody told of it, recommends it to those who watch films.
 */
class NewItemsEndToEndTests {

    private static final long DEADLINE = System.nanoTime() + TimeUnit.MINUTES.toNanos(8);
    private static final String ENCODER = "all-minilm-l6-v2-q"; // the faster one
    private static final int KINDS = 15;

    @TempDir
    private Path home;

    private final TestDatabase database = TestDatabase.empty();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void aFilmOfTodayIsRecommendedToday() throws Exception {
        try (ServiceProcess scoring = ServiceProcess.start(ServiceName.SCORING, home, database, Map.of())) {
            plant();
            encode(scoring, 2 * KINDS);
            try (ServiceProcess training = ServiceProcess.start(ServiceName.TRAINING, home, database, Map.of());
                    ServingJar serving = ServingJar.start(home.resolve("artifacts"), home.resolve("serving.log"))) {
                String trained = run(
                                training,
                                "/v1/admin/training-jobs",
                                Map.of(
                                        "backbone",
                                        "history",
                                        "parameters",
                                        Map.of("dim", 32, "contentDim", 32, "batch", 64, "negatives", 20)))
                        .at("/version")
                        .asString();
                training.client().put("/v1/admin/aliases/champion", Map.of("version", trained), JsonNode.class);
                serving.awaitReady(http, DEADLINE);
                assertThat(get(serving, "/v1/items/new/similar?k=3").at("/code").asString())
                        .as("nobody knows it yet")
                        .isNotEmpty();

                execute(
                        "insert into item (external_id, title) values ('new', 'A brand new thriller film of the season')");
                encode(scoring, 1);
                JsonNode embedded = run(training, "/v1/admin/embedding-jobs", Map.of());

                assertThat(embedded.at("/newItems").asInt()).isEqualTo(1);
                assertThat(embedded.at("/champion").asBoolean()).isTrue();
                awaitVersion(serving, embedded.at("/version").asString());
                assertThat(items(get(serving, "/v1/items/new/similar?k=5")))
                        .hasSize(5)
                        .allMatch(id -> id.startsWith("film"));
                assertThat(items(get(serving, "/v1/users/viewer1/recommendations?k=7")))
                        .contains("new");
                assertThat(items(get(serving, "/v1/users/bather1/recommendations?k=6")))
                        .doesNotContain("new");
                assertThat(items(session(serving, "new")))
                        .as("what is new is a history, too")
                        .allMatch(id -> id.startsWith("film"));
            }
        }
    }

    /** Viewers have films, bathers have creams, each nine of them. */
    private void plant() throws SQLException {
        execute(
                "insert into item (external_id, title) select 'film' || n, 'A thriller film, part ' || n from generate_series(1, %d) n"
                        .formatted(KINDS));
        execute(
                "insert into item (external_id, title) select 'cream' || n, 'Moisturizing skin lotion no. ' || n from generate_series(1, %d) n"
                        .formatted(KINDS));
        execute(
                "insert into app_user (external_id) select kind || n from generate_series(1, 60) n, unnest(array['viewer', 'bather']) kind");
        execute("""
                insert into interaction (user_id, item_id, event_time)
                select u.id, i.id, timestamptz '2024-01-01' + (i.id * 7 + u.id * 13) %% 97 * interval '1 day'
                from app_user u join item i
                  on left(i.external_id, 1) = case left(u.external_id, 1) when 'v' then 'f' else 'c' end
                where (i.id + u.id) %% 5 < 3""".replace("%%", "%"));
    }

    private void encode(ServiceProcess scoring, int texts) throws InterruptedException {
        JsonNode result = run(scoring, "/v1/admin/encoding-jobs", Map.of("encoder", ENCODER));
        assertThat(result.at("/encoded").asInt()).isEqualTo(texts);
    }

    private static JsonNode run(ServiceProcess service, String path, Map<String, ?> request)
            throws InterruptedException {
        ServiceClient client = service.client();
        return service.completed(
                client.post(path, request, JsonNode.class).at("/id").asLong());
    }

    private void awaitVersion(ServingJar serving, String version) throws Exception {
        while (!get(serving, "/v1/users/viewer1/recommendations?k=1")
                .at("/modelVersion")
                .asString("")
                .equals(version)) {
            assertThat(System.nanoTime()).isLessThan(DEADLINE);
            Thread.sleep(50);
        }
    }

    private JsonNode get(ServingJar serving, String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(serving.address() + path)).build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private JsonNode session(ServingJar serving, String item) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(serving.address() + "/v1/recommendations"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"session\":{\"itemIds\":[\"%s\"]},\"k\":5}".formatted(item)))
                .build();
        return json.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static List<String> items(JsonNode answer) {
        assertThat(answer.at("/items").isArray()).as(answer.toString()).isTrue();
        return answer.at("/items")
                .valueStream()
                .map(item -> item.at("/itemId").asString())
                .toList();
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
