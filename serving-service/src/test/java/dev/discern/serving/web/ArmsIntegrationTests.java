package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.data.Item;
import dev.discern.common.db.ItemStore;
import dev.discern.common.statistics.Interval;
import dev.discern.common.statistics.Proportion;
import dev.discern.common.testing.TestDatabase;
import dev.discern.serving.ServingApplication;
import dev.discern.serving.testing.TestModels;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two arms, planted clicks and a shadow over real HTTP and a real database, through a restart of the service. */
class ArmsIntegrationTests {

    private static final String KEY = "may-do-everything";
    private static final int USERS = 60;

    private final TestDatabase database = TestDatabase.migrated();
    private final List<String> events = new ArrayList<>();
    private final Map<String, Integer> given = new HashMap<>(); // by version
    private final Map<String, Integer> clicked = new HashMap<>();

    /** Counts are written at the end of a process alone, so that what is there after the restart comes from the graceful end. */
    @Test
    void clicksAreCountedForTheArmThatAnsweredThroughARestart() throws IOException, InterruptedException {
        Path root = models();
        try (ConfigurableApplicationContext first = start(root)) {
            TestHttp http = client(first);
            for (int n = 0; n < USERS; n++) {
                answer(http.getJson("/v1/users/visitor-%d/recommendations?k=4".formatted(n)));
            }
            batch(http);
            JsonNode sent = http.postJson("/v1/events", "{\"events\": [" + String.join(",", events) + "]}");
            assertThat(sent.at("/rejected").asInt()).as(sent.toString()).isZero();
            http.getJson("/v1/items/item-01/similar?k=2");
            http.getJson("/v1/users/visitor-1/recommendations?k=3&model=challenger");
            http.postJson("/v1/recommendations", "{\"session\": {\"itemIds\": [\"item-01\"]}, \"k\": 1}");
            shadowHasAnswered(http);
        }
        try (ConfigurableApplicationContext second = start(root)) {
            TestHttp http = client(second);
            JsonNode report = http.getJson("/v1/admin/reports/arms");

            assertThat(report.at("/warnings").size()).isZero();
            assertThat(report.at("/arms").size()).isEqualTo(4);
            JsonNode champion = arm(report, "champion", true);
            JsonNode challenger = arm(report, "challenger", true);
            assertArm(champion, "v1");
            assertArm(challenger, "v2");
            assertThat(arm(report, "champion", false).at("/answers").asInt())
                    .as("similar items and a session")
                    .isEqualTo(2);
            assertThat(arm(report, "champion", false).at("/items").asInt()).isEqualTo(3);
            assertThat(arm(report, "challenger", false).at("/answers").asInt())
                    .as("asked for by name")
                    .isEqualTo(1);
            assertComparison(report.at("/comparisons"));

            HttpResponse<String> csv =
                    http.send(http.get("/v1/admin/reports/arms").header("Accept", "text/csv"));
            assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
            assertThat(csv.body().lines()).hasSize(5).first().asString().startsWith("alias,version,drawn,");
            assertThat(http.getJson("/v1/admin/reports/shadow").at("/answers").asInt())
                    .as("a process has seen what it has seen")
                    .isZero();
        }
    }

    private void assertArm(JsonNode arm, String version) {
        assertThat(arm.at("/version").asString()).isEqualTo(version);
        assertThat(arm.at("/answers").asInt()).isEqualTo(given.get(version));
        assertThat(arm.at("/items").asInt()).isEqualTo(4 * given.get(version));
        assertThat(arm.at("/answersWithEvent").asInt()).isEqualTo(clicked.get(version));
        assertThat(arm.at("/events/click").asInt()).isEqualTo(2 * clicked.get(version));
        assertThat(arm.at("/events/buy").asInt()).isEqualTo(clicked.get(version));
        Interval interval = new Proportion(clicked.get(version), given.get(version)).interval();
        assertThat(arm.at("/clickThroughRate/low").asDouble()).isCloseTo(interval.low(), within(1e-12));
        assertThat(arm.at("/clickThroughRate/high").asDouble()).isCloseTo(interval.high(), within(1e-12));
    }

    private void assertComparison(JsonNode comparisons) {
        Proportion challenger = new Proportion(clicked.get("v2"), given.get("v2"));
        Proportion champion = new Proportion(clicked.get("v1"), given.get("v1"));
        assertThat(comparisons.size()).isEqualTo(1);
        assertThat(comparisons.at("/0/challenger").asString()).isEqualTo("v2");
        assertThat(comparisons.at("/0/champion").asString()).isEqualTo("v1");
        assertThat(comparisons.at("/0/difference/value").asDouble())
                .isCloseTo(challenger.minus(champion), within(1e-12))
                .isPositive();
        assertThat(comparisons.at("/0/difference/low").asDouble())
                .isCloseTo(challenger.intervalOfMinus(champion).low(), within(1e-12));
    }

    /** Every second answer of the challenger and every fifth of the champion is clicked, twice, and leads to a purchase. */
    private void answer(JsonNode answer) {
        String version = answer.at("/modelVersion").asString();
        int number = given.merge(version, 1, Integer::sum);
        if (number % (version.equals("v2") ? 2 : 5) == 0) {
            clicked.merge(version, 1, Integer::sum);
            for (String kind : List.of("click", "click", "buy")) {
                events.add("""
                        {"eventId": "e-%d", "userId": "buyer-%d", "itemId": "item-01", "kind": "%s", "time": "%s", "recommendationId": "%s"}""".formatted(
                                events.size(),
                                events.size(),
                                kind,
                                Instant.now(),
                                answer.at("/recommendationId").asString()));
            }
            events.add(events.getLast()); // a duplicate
            events.add("""
                    {"userId": "buyer", "itemId": "item-02", "eventId": "x-%d", "recommendationId": "%s"}""".formatted(events.size(), UUID.randomUUID())); // somebody else's
        }
    }

    private void batch(TestHttp http) {
        HttpResponse<String> answers = http.send(
                http.post("/v1/recommendations:batch", "{\"userIds\": [\"one\", \"two\", \"three\"], \"k\": 4}"));
        answers.body().lines().map(line -> JsonMapper.shared().readTree(line)).forEach(this::answer);
    }

    private void shadowHasAnswered(TestHttp http) throws InterruptedException {
        int asked = USERS + 3 + 2; // all but similar items
        long deadline = System.nanoTime() + 60_000_000_000L;
        JsonNode report = http.getJson("/v1/admin/reports/shadow");
        while (report.at("/answers").asInt() + report.at("/dropped").asInt() < asked) {
            assertThat(System.nanoTime()).as(report.toString()).isLessThan(deadline);
            Thread.sleep(20);
            report = http.getJson("/v1/admin/reports/shadow");
        }
        assertThat(report.at("/version").asString()).isEqualTo("v3");
        assertThat(report.at("/failed").asInt()).isZero();
        assertThat(report.at("/strategies/0/given").asString()).isEqualTo("FOLD_IN"); // the session
        assertThat(report.at("/meanOverlap").asDouble()).isBetween(0.01, 1.0);
        HttpResponse<String> metrics = http.send(http.get("/actuator/prometheus"));
        assertThat(metrics.body())
                .contains(
                        "discern_shadow_overlap_bucket{given=\"champion\",strategy=\"POPULAR\",version=\"v3\",le=\"0.1\"}")
                .contains("discern_shadow_seconds_count{strategy=\"POPULAR\",version=\"v3\"}")
                .contains("discern_answers_total{alias=\"challenger\",drawn=\"true\",version=\"v2\"}");
    }

    private static JsonNode arm(JsonNode report, String alias, boolean drawn) {
        return report.at("/arms")
                .valueStream()
                .filter(arm -> arm.at("/alias").asString().equals(alias)
                        && arm.at("/drawn").asBoolean() == drawn)
                .findFirst()
                .orElseThrow();
    }

    private Path models() throws IOException {
        Path root = Files.createTempDirectory("discern-serving-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TestHttp.delete(root)));
        ArtifactWriter writer = new ArtifactWriter(root);
        Artifact champion = TestModels.randomHistory("v1", 1);
        writer.write(champion);
        writer.write(TestModels.randomHistory("v2", 2));
        writer.write(TestModels.randomHistory("v3", 3));
        new Aliases(root).point(Alias.CHAMPION, "v1");
        new Aliases(root).point(Alias.CHALLENGER, "v2");
        new Aliases(root).point(Alias.SHADOW, "v3");
        ItemStore items = new ItemStore(database.dataSource());
        for (Item item : champion.catalog()) {
            items.put(item);
        }
        return root;
    }

    private ConfigurableApplicationContext start(Path root) {
        return new SpringApplicationBuilder(ServingApplication.class)
                .run(
                        "--server.port=0",
                        "--discern.security.api-key=" + KEY,
                        "--discern.artifacts=" + root,
                        "--discern.database.url=" + database.jdbcUrl(),
                        "--discern.database.user=" + database.user(),
                        "--discern.database.password=" + database.password(),
                        "--discern.traffic.challenger-share=0.5",
                        "--discern.traffic.write-interval=1h");
    }

    private static TestHttp client(ConfigurableApplicationContext context) throws InterruptedException {
        TestHttp http =
                new TestHttp(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), KEY);
        http.awaitStatus("/actuator/health/readiness", 200);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (http.getJson("/actuator/health/readiness")
                .at("/components/model/details/shadow") // the last that is loaded
                .isMissingNode()) {
            assertThat(System.nanoTime()).as("all models are there in time").isLessThan(deadline);
            Thread.sleep(20);
        }
        return http;
    }
}
