package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.data.Item;
import dev.discern.common.db.ItemStore;
import dev.discern.common.testing.TestDatabase;
import dev.discern.serving.ServingApplication;
import dev.discern.serving.testing.TestModels;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events, items and users over real HTTP and a real database: what is said counts from the next answer on. */
@SpringBootTest(
        classes = ServingApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "discern.security.api-key=" + LiveServiceIntegrationTests.KEY,
            "discern.traffic.challenger-share=0.5",
            "discern.traffic.exploration=0.1"
        })
class LiveServiceIntegrationTests {

    static final String KEY = "may-do-everything";

    @LocalServerPort
    private int port;

    private TestHttp http;

    @DynamicPropertySource
    static void service(DynamicPropertyRegistry properties) throws IOException {
        TestDatabase database = TestDatabase.migrated();
        Path root = Files.createTempDirectory("discern-serving-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> TestHttp.delete(root)));
        Artifact model = TestModels.randomHistory("v1", 1);
        new ArtifactWriter(root).write(model);
        new ArtifactWriter(root).write(TestModels.randomHistory("v2", 2));
        new Aliases(root).point(Alias.CHAMPION, "v1");
        new Aliases(root).point(Alias.CHALLENGER, "v2");
        ItemStore items = new ItemStore(database.dataSource());
        for (Item item : model.catalog()) {
            items.put(item);
        }
        properties.add("discern.artifacts", root::toString);
        properties.add("discern.database.url", database::jdbcUrl);
        properties.add("discern.database.user", database::user);
        properties.add("discern.database.password", database::password);
    }

    @BeforeEach
    void client() throws InterruptedException {
        http = new TestHttp(port, KEY);
        http.awaitStatus("/actuator/health/readiness", 200);
    }

    @Test
    void aNewUserGetsFromStrangerToFoldIn() {
        assertThat(recommended("new-1").at("/strategy").asString()).isEqualTo("POPULAR");
        assertThat(send("PUT", "/v1/users/new-1", "{\"categories\": [\"third\"]}")
                        .statusCode())
                .isEqualTo(201);
        JsonNode liked = recommended("new-1");
        assertThat(liked.at("/strategy").asString()).isEqualTo("CONTENT");
        assertThat(ids(liked)).allMatch(id -> Integer.parseInt(id.substring(5)) % 3 == 0); // the new one, too

        JsonNode answer = http.postJson("/v1/events", """
                {"events": [
                  {"userId": "new-1", "itemId": "item-02", "kind": "view", "eventId": "e-1"},
                  {"userId": "new-1", "itemId": "item-04", "time": "2026-01-31T09:30:00Z", "value": 4.5},
                  {"userId": "new-1", "itemId": "item-02", "eventId": "e-1"},
                  {"userId": "new-1", "itemId": "nowhere"},
                  {"userId": "", "itemId": "item-05"},
                  {"userId": "new-1", "itemId": "item-05", "time": "tomorrow"}]}""");

        assertThat(answer.at("/accepted").asInt()).isEqualTo(2);
        assertThat(answer.at("/duplicates").asInt()).isEqualTo(1);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(3);
        assertThat(answer.at("/results/3/code").asString()).isEqualTo("UNKNOWN_ITEM");
        assertThat(answer.at("/results/4/field").asString()).isEqualTo("userId");
        assertThat(answer.at("/results/5/message").asString())
                .isEqualTo("expected a time such as 2026-01-31T09:30:00Z");
        JsonNode folded = recommended("new-1");
        assertThat(folded.at("/strategy").asString()).isEqualTo("FOLD_IN");
        assertThat(ids(folded)).doesNotContain("item-02", "item-04");
    }

    @Test
    void aCallThatIsRepeatedUnderItsKeyChangesNothing() {
        String body = "{\"events\": [{\"userId\": \"new-2\", \"itemId\": \"item-08\"}]}";

        JsonNode first = TestHttp.json(http.send(http.post("/v1/events", body).header("Idempotency-Key", "call-1")));
        JsonNode again = TestHttp.json(http.send(http.post("/v1/events", body).header("Idempotency-Key", "call-1")));
        JsonNode other = TestHttp.json(http.send(http.post("/v1/events", body).header("Idempotency-Key", "call-2")));

        assertThat(first.at("/accepted").asInt()).isEqualTo(1);
        assertThat(again.at("/duplicates").asInt()).isEqualTo(1);
        assertThat(other.at("/accepted").asInt())
                .as("the same again is another event")
                .isEqualTo(1);
    }

    @Test
    void aHiddenItemIsGoneFromTheNextAnswerOnAndComesBack() {
        String user = "/v1/users/user-03/recommendations?k=1000&excludeSeen=false";
        assertThat(ids(http.getJson(user))).contains("item-10");

        JsonNode patched = TestHttp.json(send("PATCH", "/v1/items/item-10", "{\"available\": false}"));

        assertThat(patched.at("/available").asBoolean()).isFalse();
        assertThat(patched.at("/title").asString()).isEqualTo("Title 10 of v1");
        assertThat(ids(http.getJson(user))).doesNotContain("item-10");
        assertThat(ids(http.getJson("/v1/items/item-11/similar?k=1000"))).doesNotContain("item-10");
        send("PATCH", "/v1/items/item-10", "{\"available\": null}");
        assertThat(ids(http.getJson(user))).contains("item-10");
        assertThat(send("DELETE", "/v1/items/item-10", "").statusCode()).isEqualTo(204);
        assertThat(send("DELETE", "/v1/items/item-10", "").statusCode()).isEqualTo(404);
        assertThat(send("GET", "/v1/items/item-10", "").statusCode()).isEqualTo(404);
        assertThat(ids(http.getJson(user))).doesNotContain("item-10");
        assertThat(send("PUT", "/v1/items/item-10", "{\"title\": \"Back\", \"categories\": [\"even\"]}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(ids(http.getJson(user))).contains("item-10");
    }

    @Test
    void anItemThatHasExpiredIsGoneUntilItsExpiryIsPutOff() {
        String user = "/v1/users/user-03/recommendations?k=1000&excludeSeen=false";

        JsonNode patched =
                TestHttp.json(send("PATCH", "/v1/items/item-12", "{\"expiresAt\": \"2026-01-31T09:30:00Z\"}"));

        assertThat(patched.at("/expiresAt").asString()).isEqualTo("2026-01-31T09:30:00Z");
        assertThat(ids(http.getJson(user))).doesNotContain("item-12");
        assertThat(ids(http.getJson("/v1/items/item-11/similar?k=1000"))).doesNotContain("item-12");
        assertThat(send("PATCH", "/v1/items/item-12", "{\"expiresAt\": \"soon\"}")
                        .statusCode())
                .isEqualTo(400);
        send("PATCH", "/v1/items/item-12", "{\"expiresAt\": null}");
        assertThat(ids(http.getJson(user))).contains("item-12");
        assertThat(TestHttp.json(send("GET", "/v1/items/item-12", "")).has("expiresAt"))
                .isFalse();
    }

    @Test
    void anErasedUserIsAStrangerToEveryModel() {
        assertThat(recommended("user-05").at("/strategy").asString()).isEqualTo("PERSONALIZED");
        http.postJson("/v1/events", "{\"events\": [{\"userId\": \"user-05\", \"itemId\": \"item-20\"}]}");
        assertThat(send("DELETE", "/v1/users/user-05", "").statusCode())
                .as("only if it is said")
                .isEqualTo(400);

        HttpResponse<String> erased = send("DELETE", "/v1/users/user-05?erase=true", "");

        assertThat(erased.statusCode()).isEqualTo(202);
        JsonNode receipt = TestHttp.json(erased);
        assertThat(receipt.at("/interactions").asInt()).isEqualTo(1);
        assertThat(receipt.at("/userIdSha256").asString()).hasSize(64);
        for (String model : List.of("champion", "challenger")) {
            assertThat(http.getJson("/v1/users/user-05/recommendations?model=" + model)
                            .at("/strategy")
                            .asString())
                    .isEqualTo("POPULAR");
        }
        assertThat(send("GET", "/v1/users/user-05", "").statusCode()).isEqualTo(404);
    }

    @Test
    void usersAreSplitAndStayOnTheirSide() {
        List<String> versions = IntStream.range(0, 40)
                .mapToObj(n -> recommended("visitor-" + n).at("/modelVersion").asString())
                .toList();
        assertThat(versions).contains("v1", "v2");
        assertThat(IntStream.range(0, 40)
                        .mapToObj(n ->
                                recommended("visitor-" + n).at("/modelVersion").asString()))
                .isEqualTo(versions);
        assertThat(http.getJson("/v1/users/visitor-1/recommendations?model=challenger")
                        .at("/modelVersion")
                        .asString())
                .isEqualTo("v2");
        HttpResponse<String> none = http.send(http.get("/v1/users/visitor-1/recommendations?model=shadow"));
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(TestHttp.json(none).at("/code").asString()).isEqualTo("NO_SUCH_MODEL");
        assertThat(http.send(http.get("/v1/users/visitor-1/recommendations?model=best"))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBatchAnswersEachUserAsIfAskedAlone() {
        List<String> users = new ArrayList<>(IntStream.range(0, 19)
                .mapToObj("user-%02d"::formatted)
                .filter(user -> !user.equals("user-05"))
                .toList());
        users.add("stranger");
        users.add(TestModels.ODD_ID);
        String body = users.stream()
                .map(user -> "\"" + user + "\"")
                .collect(Collectors.joining(",", "{\"userIds\": [", "], \"k\": 7}"));

        HttpResponse<String> answer = http.send(http.post("/v1/recommendations:batch", body));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-ndjson");
        List<String> lines = answer.body().lines().toList();
        assertThat(lines).hasSameSizeAs(users);
        for (int n = 0; n < users.size(); n++) {
            JsonNode line = JsonMapper.shared().readTree(lines.get(n));
            JsonNode alone =
                    http.postJson("/v1/recommendations", "{\"k\": 7, \"userId\": \"%s\"}".formatted(users.get(n)));
            assertThat(line.at("/userId").asString()).isEqualTo(users.get(n));
            assertThat(line.at("/modelVersion")).isEqualTo(alone.at("/modelVersion"));
            assertThat(line.at("/items")).isEqualTo(alone.at("/items"));
        }
    }

    @Test
    void aCallersListIsRanked() {
        JsonNode ranked = http.postJson(
                "/v1/rankings",
                "{\"userId\": \"user-03\", \"itemIds\": [\"item-01\", \"item-02\", \"nowhere\", \"item-06\", \"item-03\"]}");

        assertThat(ids(ranked))
                .as("item-06 is not available")
                .containsExactlyInAnyOrder("item-01", "item-02", "item-03");
        assertThat(ranked.at("/warnings/0").asString()).isEqualTo("only 3 items fit, 5 were asked for");
        List<String> all = ids(http.getJson("/v1/users/user-03/recommendations?k=1000&excludeSeen=false"));
        assertThat(all.stream().filter(ids(ranked)::contains)).isEqualTo(ids(ranked));
    }

    @Test
    void anItemThatCameLaterIsTriedOutWithStrangersWhoLikeItsCategory() {
        assertThat(send("PUT", "/v1/items/later", "{\"title\": \"Later\", \"categories\": [\"unheard-of\"]}")
                        .statusCode())
                .isEqualTo(201);
        send("PUT", "/v1/users/fan", "{\"categories\": [\"unheard-of\"]}");

        JsonNode answer = http.getJson("/v1/users/fan/recommendations?model=champion");

        assertThat(answer.at("/strategy").asString()).isEqualTo("CONTENT");
        assertThat(answer.at("/items")).hasSize(10);
        assertThat(answer.at("/items/8").has("exploration")).isFalse();
        assertThat(answer.at("/items/9/itemId").asString()).isEqualTo("later");
        assertThat(answer.at("/items/9/exploration").asBoolean()).isTrue();
        assertThat(http.getJson("/v1/users/user-03/recommendations")
                        .at("/items/9/exploration")
                        .asBoolean())
                .isTrue();
        http.getJson("/v1/items/item-01/similar")
                .at("/items")
                .forEach(item -> assertThat(item.has("exploration")).isFalse());
        http.postJson("/v1/rankings", "{\"userId\": \"fan\", \"itemIds\": [\"item-01\", \"item-02\", \"later\"]}")
                .at("/items")
                .forEach(item -> assertThat(item.has("exploration")).isFalse());
        assertThat(http.send(http.get("/actuator/prometheus")).body())
                .contains("discern_recommend_explored_total{alias=\"champion\"}");
        HttpResponse<String> unknown = http.send(http.get("/v1/items/later/similar"));
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(TestHttp.json(unknown).at("/detail").asString())
                .isEqualTo("model v1 has no item \"later\" yet: what came later is in the next version");
        send("PATCH", "/v1/items/later", "{\"available\": false}");
        for (int n = 0; n < 20; n++) {
            send("PUT", "/v1/users/fan-" + n, "{\"categories\": [\"unheard-of\"]}");
            assertThat(ids(recommended("fan-" + n))).doesNotContain("later");
        }
    }

    @Test
    void similarItemsByTextAreOthersThanByBehaviour() {
        List<String> text = ids(http.getJson("/v1/items/item-02/similar?by=text"));
        assertThat(text).hasSize(10).isNotEqualTo(ids(http.getJson("/v1/items/item-02/similar?by=behaviour")));
        assertThat(ids(http.postJson("/v1/items:similar", "{\"itemIds\": [\"item-02\"], \"by\": \"text\"}")))
                .isEqualTo(text);
    }

    @Test
    void brokenWritesAreToldByTheirPlace() {
        assertProblem(send("POST", "/v1/events", "{\"events\": []}"), "/events");
        assertProblem(send("POST", "/v1/events", "{\"events\": [{\"userId\": 7, \"items\": 1}]}"), "/events/0/items");
        assertProblem(send("PATCH", "/v1/items/item-11", "[1]"), "");
        assertProblem(send("PATCH", "/v1/items/item-11", "{\"categories\": [\"\"]}"), "/categories/0");
        assertProblem(send("PATCH", "/v1/items/item-11", "{\"available\": \"no\"}"), "/available");
        assertProblem(send("PUT", "/v1/users/u", "{\"likes\": []}"), "/likes");
        assertProblem(send("PUT", "/v1/items/item-11", "{\"title\": \"a\\u0000b\"}"), "/title");
        assertProblem(
                send("PATCH", "/v1/items/item-11", "{\"attributes\": {\"colour\": \"\\u0000\"}}"),
                "/attributes/colour");
        assertProblem(send("PUT", "/v1/users/u", "{\"categories\": [\"third\", \"\\u0000\"]}"), "/categories/1");
        assertThat(send("PATCH", "/v1/items/nowhere", "{}").statusCode()).isEqualTo(404);
        assertThat(TestHttp.json(send("GET", "/v1/items/item-11", ""))
                        .at("/title")
                        .asString())
                .as("nothing was changed")
                .isEqualTo("Title 11 of v1");
    }

    private static void assertProblem(HttpResponse<String> answer, String pointer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(TestHttp.json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }

    private JsonNode recommended(String user) {
        return http.getJson("/v1/users/%s/recommendations".formatted(user));
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return http.send(http.get(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.at("/items").forEach(item -> ids.add(item.at("/itemId").asString()));
        return ids;
    }
}
