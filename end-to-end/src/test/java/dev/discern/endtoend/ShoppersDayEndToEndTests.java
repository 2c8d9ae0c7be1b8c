package dev.discern.endtoend;

import static dev.discern.endtoend.ServingClient.items;
import static dev.discern.endtoend.ShopModels.itemId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.data.Item;
import dev.discern.common.db.ItemStore;
import dev.discern.common.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A day of a shop with the serving jar and a database: everything that is promised to a caller, in the order in which a shopper meets it. */
class ShoppersDayEndToEndTests {

    private static final String KEY = "may-do-everything";
    private static final String READER = "may-read";
    private static final String WRITER = "may-write";
    private static final Item NOVELTY =
            new Item("novelty", "Item novelty of tomorrow", List.of("odd"), "", Map.of(), true);

    private final TestDatabase database = TestDatabase.migrated();
    private ServingJar serving;
    private ServingClient shop;

    @TempDir
    private Path home;

    @BeforeEach
    void open() throws Exception {
        ItemStore items = new ItemStore(database.dataSource());
        ShopModels.catalog("today", ShopModels.ITEMS).forEach(items::put);
        String snapshot = query("select pg_current_snapshot()::text").getFirst();
        ArtifactWriter writer = new ArtifactWriter(artifacts());
        writer.write(ShopModels.bprMf("today", 1, snapshot));
        writer.write(ShopModels.history("tomorrow", 2, snapshot, NOVELTY));
        serving = ServingJar.start(
                artifacts(),
                home.resolve("serving.log"),
                "--discern.database.url=" + database.jdbcUrl(),
                "--discern.database.user=" + database.user(),
                "--discern.database.password=" + database.password(),
                "--discern.traffic.challenger-share=0.5",
                "--discern.security.api-key=" + KEY,
                "--discern.security.keys[0].sha256=" + sha256(READER),
                "--discern.security.keys[0].scopes=recs:read",
                "--discern.security.keys[1].sha256=" + sha256(WRITER),
                "--discern.security.keys[1].scopes=data:write");
        shop = new ServingClient(serving.address(), KEY);
    }

    @AfterEach
    void close() {
        serving.close();
    }

    @Test
    void aDay() throws Exception {
        untilThereIsAModelNobodyIsToldThatThereIsNoUser();
        aNewShopperIsKnownStepByStep();
        aKnownShoppersEventsFoldIn();
        whatIsWishedIsKept();
        aHiddenItemIsGoneAndComesBack();
        nothingCountsTwice();
        aNewItemComesWithItsModel();
        shoppersAreSplit();
        aShopperIsForgotten();
        keysOpenWhatTheyAreFor();
    }

    /** Asked from the first moment on: there is no model yet, then it is loaded, then it answers. */
    private void untilThereIsAModelNobodyIsToldThatThereIsNoUser() throws Exception {
        HttpResponse<String> none = shop.send("GET", "/v1/users/somebody/recommendations", "");
        assertThat(none.statusCode()).as(none.body()).isEqualTo(503);
        assertThat(none.headers().firstValue("Retry-After")).isPresent();
        assertThat(ServingClient.json(none.body()).at("/code").asString()).isEqualTo("NO_MODEL");

        new Aliases(artifacts()).point(Alias.CHAMPION, "today");
        long deadline = System.nanoTime() + ServingClient.PATIENCE.toNanos();
        HttpResponse<String> answer = none;
        while (answer.statusCode() == 503 && System.nanoTime() < deadline) {
            answer = shop.send("GET", "/v1/users/somebody/recommendations", "");
        }
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        shop.await(
                "/actuator/health", health -> health.at("/status").asString("").equals("UP"));
    }

    private void aNewShopperIsKnownStepByStep() {
        JsonNode stranger = recommended("anna", "");
        assertThat(strategy(stranger)).isEqualTo("POPULAR");
        assertThat(items(stranger)).hasSize(10);

        shop.answer("PUT", "/v1/users/anna", "{\"categories\": [\"third\"]}", 201);
        JsonNode content = recommended("anna", "");
        assertThat(strategy(content)).isEqualTo("CONTENT");
        assertThat(items(content)).hasSize(10).allMatch(id -> number(id) % 3 == 0);

        JsonNode told = shop.post("/v1/events", """
                {"events": [{"userId": "anna", "itemId": "item-003", "kind": "view"},
                  {"userId": "anna", "itemId": "item-004", "time": "2026-01-31T09:30:00Z", "value": 4.5},
                  {"userId": "anna", "itemId": "nowhere"}, {"userId": "anna", "itemId": "item-005", "time": "tomorrow"},
                  {"userId": "anna", "itemId": "item-006"}, {"itemId": "item-007"}]}""");
        assertThat(told.at("/results")
                        .valueStream()
                        .map(row -> row.at("/status").asString()))
                .containsExactly("ACCEPTED", "ACCEPTED", "REJECTED", "REJECTED", "ACCEPTED", "REJECTED");
        assertThat(told.at("/results").valueStream().map(row -> row.at("/field").asString("")))
                .containsExactly("", "", "itemId", "time", "", "userId");
        JsonNode folded = recommended("anna", "k=1000");
        assertThat(strategy(folded)).isEqualTo("FOLD_IN");
        assertThat(items(folded))
                .hasSize(ShopModels.ITEMS - 3)
                .doesNotContain("item-003", "item-004", "item-006")
                .contains("item-005");
        assertThat(items(recommended("anna", "k=1000&excludeSeen=false"))).hasSize(ShopModels.ITEMS);
    }

    /** The champion folds in by ridge regression, as models of {@code bpr-mf} do. */
    private void aKnownShoppersEventsFoldIn() {
        String user = ShopModels.userId(4);
        JsonNode before = recommended(user, "");
        assertThat(strategy(before)).isEqualTo("PERSONALIZED");
        shop.post("/v1/events", event(user, items(before).getFirst(), ""));
        JsonNode after = recommended(user, "");
        assertThat(strategy(after)).isEqualTo("FOLD_IN");
        assertThat(items(after)).hasSize(10).doesNotContain(items(before).getFirst());

        JsonNode session = shop.post(
                "/v1/recommendations", "{\"session\": {\"itemIds\": [\"item-010\", \"item-011\"]}, \"k\": 7}");
        assertThat(strategy(session)).isEqualTo("FOLD_IN");
        assertThat(items(session)).hasSize(7).doesNotContain("item-010", "item-011");
    }

    /** Filters apply during the search: k answers come whenever k exist. */
    private void whatIsWishedIsKept() {
        int both = ShopModels.ITEMS / 6; // even and third
        String user = "\"userId\": \"user-005\", \"excludeSeen\": false";
        JsonNode all = shop.post(
                "/v1/recommendations",
                "{%s, \"k\": %d, \"categories\": [\"even\", \"third\"], \"categoryMode\": \"all\"}"
                        .formatted(user, both));
        assertThat(items(all)).hasSize(both).allMatch(id -> number(id) % 6 == 0);
        assertThat(all.at("/warnings")).isEmpty();
        JsonNode any = recommended("user-005", "k=80&excludeSeen=false&category=even&category=third");
        assertThat(items(any)).hasSize(80).allMatch(id -> number(id) % 2 == 0 || number(id) % 3 == 0);

        List<String> best = items(shop.post("/v1/recommendations", "{%s, \"k\": 5}".formatted(user)));
        List<String> others = items(shop.post(
                "/v1/recommendations", "{%s, \"k\": 115, \"excludeItems\": %s}".formatted(user, quoted(best))));
        assertThat(others).hasSize(ShopModels.ITEMS - 5).doesNotContainAnyElementsOf(best);
        JsonNode tooFew = shop.post(
                "/v1/recommendations", "{%s, \"k\": 116, \"excludeItems\": %s}".formatted(user, quoted(best)));
        assertThat(items(tooFew)).hasSize(ShopModels.ITEMS - 5);
        assertThat(tooFew.at("/warnings/0").asString()).isEqualTo("only 115 items fit, 116 were asked for");
    }

    private void aHiddenItemIsGoneAndComesBack() {
        assertThat(everyKindOfAnswer()).allSatisfy(items -> assertThat(items).contains("item-020"));
        shop.answer("PATCH", "/v1/items/item-020", "{\"available\": false}", 200);
        assertThat(everyKindOfAnswer())
                .allSatisfy(items -> assertThat(items).isNotEmpty().doesNotContain("item-020"));
        shop.answer("PATCH", "/v1/items/item-020", "{\"available\": true}", 200);
        assertThat(everyKindOfAnswer()).allSatisfy(items -> assertThat(items).contains("item-020"));

        shop.answer("DELETE", "/v1/items/item-020", "", 204);
        assertThat(everyKindOfAnswer())
                .allSatisfy(items -> assertThat(items).isNotEmpty().doesNotContain("item-020"));
        shop.answer("GET", "/v1/items/item-020", "", 404);
        shop.answer("DELETE", "/v1/items/item-020", "", 404);
        assertThat(shop.post("/v1/events", event("bert", "item-020", ""))
                        .at("/results/0/code")
                        .asString())
                .isEqualTo("UNKNOWN_ITEM");
    }

    /** Whole lists of every kind: known, folded in, of liked categories, popular, a session's, similar, ranked, and a batch. */
    private List<List<String>> everyKindOfAnswer() {
        shop.send("PUT", "/v1/users/likes-even", "{\"categories\": [\"even\"]}");
        List<List<String>> answers = new ArrayList<>();
        for (String user : List.of("user-006", "anna", "likes-even", "nobody")) {
            answers.add(items(recommended(user, "k=1000&excludeSeen=false")));
        }
        answers.add(
                items(shop.post("/v1/recommendations", "{\"session\": {\"itemIds\": [\"item-001\"]}, \"k\": 1000}")));
        answers.add(items(shop.get("/v1/items/item-001/similar?k=1000")));
        answers.add(items(shop.post(
                "/v1/rankings",
                "{\"userId\": \"user-006\", \"itemIds\": [\"item-019\", \"item-020\", \"item-021\"]}")));
        HttpResponse<String> batch = shop.send(
                "POST",
                "/v1/recommendations:batch",
                "{\"userIds\": [\"user-006\", \"nobody\"], \"k\": 1000, \"excludeSeen\": false}");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
        batch.body().lines().forEach(line -> answers.add(items(ServingClient.json(line))));
        assertThat(answers).hasSize(9);
        return answers;
    }

    private void nothingCountsTwice() throws SQLException {
        String named = "{\"events\": [{\"userId\": \"carl\", \"itemId\": \"item-030\", \"eventId\": \"click-1\"}]}";
        assertThat(shop.post("/v1/events", named).at("/accepted").asInt()).isEqualTo(1);
        assertThat(shop.post("/v1/events", named).at("/duplicates").asInt()).isEqualTo(1);

        String unnamed =
                "{\"events\": [{\"userId\": \"carl\", \"itemId\": \"item-031\"}, {\"userId\": \"carl\", \"itemId\": \"item-032\"}]}";
        for (String count : List.of("/accepted", "/duplicates")) {
            HttpResponse<String> answer = shop.send("POST", "/v1/events", unnamed, "Idempotency-Key", "call-1");
            assertThat(ServingClient.json(answer.body()).at(count).asInt())
                    .as(answer.body())
                    .isEqualTo(2);
        }
        assertThat(
                        query(
                                "select count(*) from interaction x join app_user u on u.id = x.user_id where u.external_id = 'carl'"))
                .containsExactly("3");
    }

    /** It can be told at once, and is recommended by the first model that has a vector for it. */
    private void aNewItemComesWithItsModel() throws Exception {
        shop.answer("PUT", "/v1/items/novelty", "{\"title\": \"Item novelty\", \"categories\": [\"odd\"]}", 201);
        assertThat(shop.get("/v1/items/novelty").at("/title").asString()).isEqualTo("Item novelty");
        assertThat(shop.post("/v1/events", event("dora", "novelty", ""))
                        .at("/accepted")
                        .asInt())
                .isEqualTo(1);
        JsonNode content = shop.post("/v1/recommendations", "{\"session\": {\"itemIds\": [\"novelty\"]}}");
        assertThat(strategy(content)).isEqualTo("CONTENT");
        assertThat(items(content)).hasSize(10).allMatch(id -> number(id) % 2 == 1);
        assertThat(items(recommended("user-007", "k=1000&excludeSeen=false"))).doesNotContain("novelty");

        swapTo("tomorrow");
        assertThat(items(recommended("user-007", "k=1000&excludeSeen=false"))).contains("novelty");
        assertThat(strategy(recommended("dora", "")))
                .as("what she did is known to it, too")
                .isEqualTo("FOLD_IN");
        assertThat(items(recommended("dora", "k=1000"))).doesNotContain("novelty");
        assertThat(items(recommended("anna", "k=1000"))).doesNotContain("item-003", "item-020");

        swapTo("today"); // a rollback
        shop.answer("GET", "/v1/items/novelty/similar", "", 404);
        shop.answer("PATCH", "/v1/items/novelty", "{\"available\": false}", 200);
    }

    /** Points the champion to another version; while it is loaded each answer is of one version whole. */
    private void swapTo(String version) throws IOException {
        new Aliases(artifacts()).point(Alias.CHAMPION, version);
        long deadline = System.nanoTime() + ServingClient.PATIENCE.toNanos();
        String found;
        do {
            JsonNode answer = recommended("user-008", "k=50");
            found = answer.at("/modelVersion").asString();
            String suffix = " of " + found;
            assertThat(answer.at("/items").valueStream())
                    .as("items of the version that is named: %s", answer)
                    .hasSize(50)
                    .allMatch(item -> item.at("/title").asString().endsWith(suffix)
                            || Set.of("item-020", "novelty")
                                    .contains(item.at("/itemId").asString()));
            assertThat(System.nanoTime()).as("%s answers in time", version).isLessThan(deadline);
        } while (!found.equals(version));
    }

    private void shoppersAreSplit() throws Exception {
        shop.answer("GET", "/v1/users/anna/recommendations?model=challenger", "", 404);
        new Aliases(artifacts()).point(Alias.CHALLENGER, "tomorrow");
        shop.await(
                "/v1/users/anna/recommendations?model=challenger",
                answer -> answer.at("/modelVersion").asString("").equals("tomorrow"));
        List<String> sides = sides();
        assertThat(sides).contains("today", "tomorrow");
        assertThat(sides()).as("everybody stays on their side").isEqualTo(sides);
        assertThat(recommended("anna", "model=champion").at("/modelVersion").asString())
                .isEqualTo("today");
    }

    private List<String> sides() {
        return IntStream.range(0, 40)
                .mapToObj(n ->
                        recommended("visitor-" + n, "k=1").at("/modelVersion").asString())
                .toList();
    }

    private void aShopperIsForgotten() throws SQLException {
        String user = ShopModels.userId(9);
        shop.answer("PUT", "/v1/users/" + user, "{\"categories\": [\"even\"]}", 201);
        shop.post("/v1/events", event(user, "item-040", "forgotten-1"));
        assertThat(mentions(user)).isNotEmpty();
        shop.answer("DELETE", "/v1/users/" + user, "", 400);

        JsonNode receipt = shop.answer("DELETE", "/v1/users/" + user + "?erase=true", "", 202);

        assertThat(receipt.at("/receiptId").asString()).isNotBlank();
        assertThat(receipt.at("/userIdSha256").asString()).isEqualTo(sha256(user));
        assertThat(receipt.at("/wasKnown").asBoolean()).isTrue();
        assertThat(receipt.at("/interactions").asInt()).isEqualTo(1);
        for (String model : List.of("champion", "challenger")) {
            JsonNode answer = recommended(user, "k=1000&model=" + model);
            assertThat(strategy(answer)).isEqualTo("POPULAR");
            assertThat(items(answer)).as("nothing is left out as seen").contains("item-040");
        }
        HttpResponse<String> batch =
                shop.send("POST", "/v1/recommendations:batch", "{\"userIds\": [\"%s\"]}".formatted(user));
        assertThat(strategy(ServingClient.json(batch.body()))).isEqualTo("POPULAR");
        shop.answer("GET", "/v1/users/" + user, "", 404);
        assertThat(mentions(user)).as("tables with the id").isEmpty();
        assertThat(query("select count(*) from interaction where event_id = 'forgotten-1'"))
                .containsExactly("0");
    }

    /** The tables that have a row with this text. */
    private List<String> mentions(String text) throws SQLException {
        List<String> found = new ArrayList<>();
        for (String table : query(
                "select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'")) {
            String count = query("select count(*) from %s t where strpos(t::text, '%s') > 0".formatted(table, text))
                    .getFirst();
            if (!count.equals("0")) {
                found.add(table);
            }
        }
        return found;
    }

    private void keysOpenWhatTheyAreFor() {
        ServingClient nobody = new ServingClient(serving.address(), "");
        ServingClient wrong = new ServingClient(serving.address(), "guessed");
        ServingClient reader = new ServingClient(serving.address(), READER);
        ServingClient writer = new ServingClient(serving.address(), WRITER);
        String read = "/v1/users/anna/recommendations";
        String event = event("anna", "item-050", "");

        nobody.answer("GET", read, "", 401);
        nobody.answer("POST", "/v1/events", event, 401);
        wrong.answer("GET", read, "", 401);
        nobody.answer("GET", "/actuator/health/readiness", "", 200);
        reader.answer("GET", read, "", 200);
        reader.answer("POST", "/v1/events", event, 403);
        reader.answer("PUT", "/v1/users/anna", "{}", 403);
        reader.answer("PATCH", "/v1/items/item-050", "{}", 403);
        reader.answer("DELETE", "/v1/users/anna?erase=true", "", 403);
        reader.answer("GET", "/actuator/prometheus", "", 403);
        writer.answer("POST", "/v1/events", event, 200);
        writer.answer("GET", read, "", 403);
        assertThat(shop.send("GET", "/actuator/prometheus", "").statusCode()).isEqualTo(200);
    }

    /** The caller reads slowly, so that the answer is not finished when the service is told to end. */
    @Test
    void whatIsBeingAnsweredWhenTheServiceEndsIsAnswered() throws Exception {
        new Aliases(artifacts()).point(Alias.CHAMPION, "today");
        shop.awaitReady();
        int users = 5_000;
        String body = IntStream.range(0, users)
                .mapToObj(n -> "\"visitor-" + n + "\"")
                .collect(Collectors.joining(",", "{\"k\": 100, \"userIds\": [", "]}"));
        URI address = URI.create(serving.address());
        try (Socket socket = new Socket(InetAddress.getByName(address.getHost()), address.getPort())) {
            socket.setSoTimeout((int) ServingClient.PATIENCE.toMillis());
            String head = "POST /v1/recommendations:batch HTTP/1.0\r\nHost: shop\r\nContent-Type: application/json\r\n"
                    + "X-API-Key: %s\r\nContent-Length: %d\r\n\r\n".formatted(KEY, body.length());
            OutputStream out = socket.getOutputStream();
            out.write((head + body).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 200");
            while (!in.readLine().isEmpty()) {
                // headers
            }
            String first = in.readLine();

            serving.process().destroy();
            assertThat(serving.process().waitFor(1, TimeUnit.SECONDS))
                    .as("ended in the middle of an answer")
                    .isFalse();
            List<String> lines = new ArrayList<>(List.of(first));
            in.lines().forEach(lines::add);

            assertThat(lines).hasSize(users);
            for (int n = 0; n < users; n += 500) {
                assertThat(ServingClient.json(lines.get(n)).at("/userId").asString())
                        .isEqualTo("visitor-" + n);
            }
            assertThat(items(ServingClient.json(lines.getLast()))).hasSize(100);
        }
        assertThat(serving.process().waitFor(25, TimeUnit.SECONDS)).isTrue();
        assertThat(serving.process().exitValue()).isEqualTo(128 + 15);
    }

    private JsonNode recommended(String user, String parameters) {
        return shop.get("/v1/users/%s/recommendations?%s".formatted(user, parameters));
    }

    private static String strategy(JsonNode answer) {
        return answer.at("/strategy").asString();
    }

    /** An event; an empty name is none. */
    private static String event(String user, String item, String name) {
        String eventId = name.isEmpty() ? "" : ", \"eventId\": \"%s\"".formatted(name);
        return "{\"events\": [{\"userId\": \"%s\", \"itemId\": \"%s\"%s}]}".formatted(user, item, eventId);
    }

    private static String quoted(List<String> ids) {
        return ids.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(",", "[", "]"));
    }

    private static int number(String id) {
        assertThat(id).startsWith("item-");
        return Integer.parseInt(id.substring(itemId(0).length() - 3));
    }

    private Path artifacts() {
        return home.resolve("artifacts");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The first column. */
    private List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
