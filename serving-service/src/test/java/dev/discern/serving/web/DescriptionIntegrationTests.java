package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the service says of itself: its API's description and its metrics. */
class DescriptionIntegrationTests extends ServingServiceTest {

    /** What the Java client is generated from. */
    private static final Path CLIENTS_DOCUMENT = Path.of("..", "serving-client", "src", "main", "openapi.json");

    private static final String RENEWAL =
            "./mvnw -pl serving-service -am verify -Dit.test=DescriptionIntegrationTests -Dtest=NONE"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false -Dopenapi.write=true";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    @Test
    void openApiNamesEveryPathAndParameter() throws InterruptedException {
        http();
        JsonNode api = httpWithKey("").getJson("/v3/api-docs"); // no key is needed

        assertThat(api.at("/openapi").asString()).startsWith("3.1");
        JsonNode paths = api.at("/paths");
        assertThat(paths.propertyNames())
                .containsExactlyInAnyOrder(
                        "/v1/users/{userId}/recommendations",
                        "/v1/recommendations",
                        "/v1/recommendations:batch",
                        "/v1/rankings",
                        "/v1/items/{itemId}/similar",
                        "/v1/items:similar",
                        "/v1/items/{itemId}",
                        "/v1/users/{userId}",
                        "/v1/events",
                        "/v1/admin/reports/arms",
                        "/v1/admin/reports/shadow");
        JsonNode parameters =
                paths.path("/v1/users/{userId}/recommendations").path("get").path("parameters");
        assertThat(parameters
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString()))
                .containsExactlyInAnyOrder(
                        "userId", "k", "category", "categoryMode", "excludeSeen", "diversity", "explain", "model");
        assertThat(paths.path("/v1/items/{itemId}/similar")
                        .path("get")
                        .path("parameters")
                        .valueStream()
                        .map(parameter -> parameter.path("name").asString()))
                .containsExactlyInAnyOrder("itemId", "k", "by", "category", "categoryMode", "model");
        assertThat(api.at("/components/schemas/RecommendationsRequest/properties")
                        .propertyNames())
                .containsExactlyInAnyOrder(
                        "userId",
                        "session",
                        "k",
                        "categories",
                        "categoryMode",
                        "excludeSeen",
                        "excludeItems",
                        "diversity",
                        "maxPerCategory",
                        "minLongTail",
                        "boosts",
                        "explain",
                        "model");
        assertThat(api.at("/components/securitySchemes/apiKey/name").asString()).isEqualTo("X-API-Key");
    }

    @Test
    void theClientIsGeneratedFromWhatIsSaidHere() throws InterruptedException, IOException {
        http();
        ObjectNode said = (ObjectNode) httpWithKey("").getJson("/v3/api-docs");
        said.putArray("servers").addObject().put("url", "http://127.0.0.1:8080"); // the test's port is any
        List<JsonNode> tags = said.path("tags")
                .valueStream()
                .sorted(Comparator.comparing(tag -> tag.path("name").asString()))
                .toList();
        said.putArray("tags").addAll(tags);
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(
                    CLIENTS_DOCUMENT, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(said) + "\n");
        }

        assertThat(JSON.readTree(Files.readString(CLIENTS_DOCUMENT)))
                .as("serving-client/src/main/openapi.json is renewed by: %s", RENEWAL)
                .isEqualTo(JSON.readTree(JSON.writeValueAsString(said)));
    }

    @Test
    void answersAndLoadsAreMeasured() throws InterruptedException {
        TestHttp http = http();
        http.getJson("/v1/users/user-01/recommendations");
        http.getJson("/v1/items/item-01/similar");

        HttpResponse<String> metrics = http.send(http.get("/actuator/prometheus"));

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body())
                .contains(
                        "discern_recommend_seconds_bucket{alias=\"champion\",kind=\"recommend\",strategy=\"PERSONALIZED\",le=")
                .contains(
                        "discern_recommend_seconds_count{alias=\"champion\",kind=\"similar\",strategy=\"PERSONALIZED\"}")
                .contains("discern_model_load_seconds_count{outcome=\"loaded\"} 1")
                .contains("discern_model_load_seconds_count{outcome=\"failed\"} 0")
                .contains("discern_answers_total{alias=\"champion\",drawn=\"false\",version=\"v1\"}")
                .contains("discern_answers_items_total{alias=\"champion\",drawn=\"false\",version=\"v1\"}")
                .contains("discern_shadow_dropped_total 0")
                .contains("http_server_requests_seconds_count{");
    }
}
