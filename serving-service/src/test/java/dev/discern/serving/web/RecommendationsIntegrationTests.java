package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every documented parameter over real HTTP. Item n of the model has the category even or odd, third and "a, b" besides. */
class RecommendationsIntegrationTests extends ServingServiceTest {

    private static final String USER = "/v1/users/user-03/recommendations";
    private static final String ODD = "/v1/users/a%2Fb%20c%252F%3B%C3%BC/recommendations";

    private TestHttp http;

    @BeforeEach
    void client() throws InterruptedException {
        http = http();
    }

    @Test
    void anAnswerHasItsDocumentedMembers() {
        JsonNode answer = http.getJson(USER);

        assertThat(answer.propertyNames())
                .containsExactlyInAnyOrder(
                        "recommendationId", "modelVersion", "strategy", "items", "requestedK", "warnings");
        assertThat(UUID.fromString(answer.at("/recommendationId").asString())).isNotNull();
        assertThat(answer.at("/modelVersion").asString()).isEqualTo(VERSION);
        assertThat(answer.at("/strategy").asString()).isEqualTo("PERSONALIZED");
        assertThat(answer.at("/requestedK").asInt()).isEqualTo(10);
        assertThat(answer.at("/warnings")).isEmpty();
        assertThat(answer.at("/items")).hasSize(10);
        JsonNode first = answer.at("/items/0");
        assertThat(first.propertyNames()).containsExactlyInAnyOrder("itemId", "rank", "score", "title");
        assertThat(first.at("/rank").asInt()).isEqualTo(1);
        assertThat(first.at("/title").asString()).isEqualTo("Title %d of v1", number(first));
        assertThat(http.getJson(USER).at("/recommendationId")).isNotEqualTo(answer.at("/recommendationId"));
    }

    @Test
    void k() {
        List<String> ten = ids(http.getJson(USER));
        assertThat(ids(http.getJson(USER + "?k=1"))).isEqualTo(ten.subList(0, 1));
        assertThat(ids(http.getJson(USER + "?k="))).isEqualTo(ten);
        JsonNode all = http.getJson(USER + "?k=1000&excludeSeen=false");
        assertThat(ids(all))
                .hasSize(52)
                .startsWith(ids(http.getJson(USER + "?excludeSeen=false")).toArray(String[]::new));
        assertThat(all.at("/warnings/0").asString()).isEqualTo("only 52 items fit, 1000 were asked for");
    }

    @Test
    void excludeSeen() {
        assertThat(ids(http.getJson(USER + "?k=1000")))
                .hasSizeLessThan(52)
                .isSubsetOf(ids(http.getJson(USER + "?k=1000&excludeSeen=false")))
                .isEqualTo(ids(http.getJson(USER + "?k=1000&excludeSeen=true")));
    }

    @Test
    void categoryAndCategoryMode() {
        String all = USER + "?k=1000&excludeSeen=false&category=";
        assertThat(numbers(http.getJson(all + "even"))).isNotEmpty().allMatch(n -> n % 2 == 0);
        assertThat(numbers(http.getJson(all + "third&category=even")))
                .allMatch(n -> n % 2 == 0 || n % 3 == 0)
                .anyMatch(n -> n % 2 != 0)
                .anyMatch(n -> n % 3 != 0);
        assertThat(numbers(http.getJson(all + "third&category=even&categoryMode=all")))
                .isNotEmpty()
                .allMatch(n -> n % 6 == 0);
        assertThat(numbers(http.getJson(all + "a,%20b")))
                .as("a comma separates nothing")
                .isNotEmpty()
                .allMatch(n -> n % 5 == 0);
        JsonNode none = http.getJson(all + "unheard-of");
        assertThat(ids(none)).isEmpty();
        assertThat(none.at("/warnings/0").asString()).isEqualTo("no item has the category \"unheard-of\"");
    }

    @Test
    void explain() {
        http.getJson(USER + "?explain=true")
                .at("/items")
                .forEach(item -> assertThat(item.at("/reasons")).isNotEmpty());
        http.getJson(USER + "?explain=false")
                .at("/items")
                .forEach(item -> assertThat(item.has("reasons")).isFalse());
    }

    @Test
    void idsAreOpaque() {
        assertThat(http.getJson(ODD).at("/strategy").asString()).isEqualTo("PERSONALIZED");
        assertThat(http.getJson(ODD.replace("/v1/users", "/v1/items").replace("recommendations", "similar"))
                        .at("/items"))
                .hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a/b",
                "a//b",
                "..",
                "../..",
                "with space",
                "100%",
                "%2F",
                "a;b=c",
                "a?b#c",
                "a\\b",
                "😀",
                "user-03 ",
                "Ü"
            })
    void aStrangerIsNoError(String userId) {
        String encoded = URLEncoder.encode(userId, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");
        JsonNode answer = http.getJson("/v1/users/" + encoded + "/recommendations");
        assertThat(answer.at("/strategy").asString()).isEqualTo("POPULAR");
        assertThat(answer.at("/items")).hasSize(10);
    }

    @Test
    void postAnswersAsGetDoes() {
        JsonNode posted = http.postJson("/v1/recommendations", """
                {"userId": "user-03", "k": 7, "categories": ["third", "a, b"], "categoryMode": "any",
                 "excludeSeen": false, "excludeItems": [], "explain": true}""");
        JsonNode got = http.getJson(USER + "?k=7&category=third&category=a,%20b&excludeSeen=false&explain=true");
        assertThat(posted.at("/items")).isEqualTo(got.at("/items"));
        assertThat(http.postJson("/v1/recommendations", "{\"userId\":\"user-03\"}")
                        .at("/items"))
                .isEqualTo(http.getJson(USER).at("/items"));
    }

    @Test
    void excludeItems() {
        List<String> ten = ids(http.getJson(USER));
        JsonNode answer = http.postJson(
                "/v1/recommendations",
                "{\"userId\":\"user-03\",\"k\":9,\"excludeItems\":[\"%s\",\"unheard-of\"]}".formatted(ten.getFirst()));
        assertThat(ids(answer)).isEqualTo(ten.subList(1, 10));
    }

    @Test
    void session() {
        JsonNode answer = http.postJson(
                "/v1/recommendations", "{\"session\":{\"itemIds\":[\"item-01\",\"item-02\",\"gone\"]},\"k\":1000}");
        assertThat(answer.at("/strategy").asString()).isEqualTo("FOLD_IN");
        assertThat(answer.at("/warnings/0").asString()).isEqualTo("1 of the session's 3 items are unknown");
        assertThat(ids(answer)).hasSize(50).doesNotContain("item-01", "item-02");
        assertThat(http.postJson("/v1/recommendations", "{\"session\":{\"itemIds\":[]}}")
                        .at("/strategy")
                        .asString())
                .isEqualTo("POPULAR");
    }

    @Test
    void similar() {
        JsonNode answer = http.getJson("/v1/items/item-04/similar?k=5");
        assertThat(ids(answer)).hasSize(5).doesNotContain("item-04");
        assertThat(answer.at("/items")
                        .valueStream()
                        .map(item -> item.at("/score").asDouble()))
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .allMatch(score -> Math.abs(score) <= 1.000001);
    }

    @Test
    void similarToSeveralItemsOfACategory() {
        JsonNode one = http.postJson("/v1/items:similar", "{\"itemIds\":[\"item-04\"],\"k\":5}");
        assertThat(one.at("/items"))
                .isEqualTo(http.getJson("/v1/items/item-04/similar?k=5&by=behaviour")
                        .at("/items"));
        assertThat(one.at("/requestedK").asInt()).isEqualTo(5);
        JsonNode several = http.postJson("/v1/items:similar", """
                {"itemIds": ["item-04", "item-05", "gone"], "by": "blend", "k": 1000, "categories": ["third", "even"],
                 "categoryMode": "all", "excludeItems": ["item-12"]}""");
        assertThat(several.at("/warnings/0").asString()).isEqualTo("1 of the 3 items are unknown");
        assertThat(numbers(several)).isNotEmpty().doesNotContain(12, 4).allMatch(n -> n % 6 == 0);
        assertThat(numbers(http.getJson(
                        "/v1/items/item-04/similar?k=1000&category=third&category=a,%20b&categoryMode=all")))
                .isNotEmpty()
                .allMatch(n -> n % 15 == 0);
    }

    @Test
    void aStrangerGetsAVariedChoiceUnlessTheCallerWishesOtherwise() {
        List<String> varied = ids(http.getJson("/v1/users/nobody/recommendations"));
        List<String> plain = ids(http.getJson("/v1/users/nobody/recommendations?diversity=0"));
        assertThat(varied).hasSize(10).isNotEqualTo(plain);
        assertThat(varied.getFirst()).isEqualTo(plain.getFirst());
        assertThat(ids(http.postJson("/v1/recommendations", "{\"userId\":\"nobody\"}")))
                .isEqualTo(varied);
        assertThat(ids(http.postJson("/v1/recommendations", "{\"userId\":\"nobody\",\"minLongTail\":0}")))
                .isEqualTo(plain);
        assertThat(ids(http.getJson("/v1/users/nobody/recommendations?k=50&diversity=0")))
                .as("of the fifty most popular")
                .containsAll(varied);
    }

    @Test
    void utf8BodiesAreUnderstoodWhateverTheirCharsetSays() {
        String body = "{\"userId\":\"%s\"}".formatted("a/b c%2F;ü");
        assertThat(TestHttp.json(http.send(http.get("/v1/recommendations")
                                .header("Content-Type", "application/json;charset=UTF-8")
                                .POST(BodyPublishers.ofString(body))))
                        .at("/strategy")
                        .asString())
                .isEqualTo("PERSONALIZED");
    }

    private static List<String> ids(JsonNode answer) {
        List<String> ids = new ArrayList<>();
        answer.at("/items").forEach(item -> ids.add(item.at("/itemId").asString()));
        return ids;
    }

    private static List<Integer> numbers(JsonNode answer) {
        List<Integer> numbers = new ArrayList<>();
        answer.at("/items").forEach(item -> numbers.add(number(item)));
        return numbers;
    }

    private static int number(JsonNode item) {
        String title = item.at("/title").asString();
        return Integer.parseInt(title.replaceAll("\\D*(\\d+).*", "$1"));
    }
}
