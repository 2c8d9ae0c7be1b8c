package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.Artifact;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.serving.ServingApplication;
import dev.discern.serving.testing.TestModels;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The life of a service from no model to one that cannot be replaced; without any key, as on a laptop. */
@SpringBootTest(classes = ServingApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class ModelHealthIntegrationTests {

    private static final String USER = "/v1/users/user-03/recommendations";
    private static final String READINESS = "/actuator/health/readiness";

    @TempDir
    private static Path root;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void artifacts(DynamicPropertyRegistry properties) {
        properties.add("discern.artifacts", root::toString);
    }

    @Test
    void healthTellsWhichModelAnswersAndWhyNoOther() throws IOException, InterruptedException {
        TestHttp http = new TestHttp(port, "");

        HttpResponse<String> noModel = http.send(http.get(USER));
        assertThat(noModel.statusCode()).isEqualTo(503);
        assertThat(noModel.headers().firstValue("Retry-After")).contains("5");
        assertThat(noModel.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(TestHttp.json(noModel).at("/code").asString()).isEqualTo("NO_MODEL");
        assertThat(TestHttp.json(noModel).at("/traceId").asString()).isNotBlank();
        assertThat(http.send(http.get(READINESS)).statusCode()).isEqualTo(503);
        assertThat(model(http).at("/details/reason").asString()).isEqualTo("no model has been loaded yet");
        assertThat(http.getJson("/actuator/health/liveness").at("/status").asString())
                .isEqualTo("UP");

        publish("v1");
        http.awaitStatus(READINESS, 200);
        assertThat(http.getJson(USER).at("/modelVersion").asString()).isEqualTo("v1");

        Path damaged = publish("v2").resolve("manifest.json");
        String sound = Files.readString(damaged);
        Files.writeString(damaged, sound.substring(1));
        new Aliases(root).point(Alias.CHAMPION, "v2");
        JsonNode health = await(http, model -> model.at("/details").has("cannotLoad"));
        assertThat(health.at("/details/cannotLoad").asString()).contains(damaged + ": expected a manifest");
        assertThat(health.at("/details/champion").asString()).isEqualTo("v1");
        assertThat(health.at("/details/index").asString()).isEqualTo("exact");
        assertThat(http.send(http.get(READINESS)).statusCode())
                .as("still ready")
                .isEqualTo(200);
        assertThat(http.getJson(USER).at("/modelVersion").asString()).isEqualTo("v1");

        Files.writeString(damaged, sound);
        await(http, model -> model.at("/details/champion").asString().equals("v2"));
        assertThat(model(http).at("/details").has("cannotLoad")).isFalse();
        assertThat(http.getJson(USER).at("/modelVersion").asString()).isEqualTo("v2");

        Artifact history = TestModels.randomHistory("v3", 1);
        List<String> had = IntStream.of(history.seen().row(history.userIds().idx("user-03")))
                .mapToObj(history.itemIds()::id)
                .toList();
        assertThat(items(http, had).findValuesAsString("itemId"))
                .as("a session has no order")
                .isEqualTo(items(http, had.reversed()).findValuesAsString("itemId"));
        publish(history);
        new Aliases(root).point(Alias.CHAMPION, "v3");
        await(http, model -> model.at("/details/champion").asString().equals("v3"));
        JsonNode user = http.getJson(USER);
        assertThat(user.at("/strategy").asString()).isEqualTo("PERSONALIZED");
        assertThat(user.at("/items")).as("a user is what they have").isEqualTo(items(http, had));
        assertThat(items(http, had).findValuesAsString("itemId"))
                .as("a session has an order")
                .isNotEqualTo(items(http, had.reversed()).findValuesAsString("itemId"));
    }

    private static JsonNode items(TestHttp http, List<String> session) {
        JsonNode answer = http.postJson(
                "/v1/recommendations", "{\"session\":{\"itemIds\":[\"%s\"]}}".formatted(String.join("\",\"", session)));
        assertThat(answer.at("/strategy").asString()).isEqualTo("FOLD_IN");
        return answer.at("/items");
    }

    /** Writes a model; the first one becomes champion. */
    private static Path publish(String version) {
        Path folder = publish(TestModels.random(version, 1));
        if (version.equals("v1")) {
            new Aliases(root).point(Alias.CHAMPION, version);
        }
        return folder;
    }

    private static Path publish(Artifact model) {
        return new ArtifactWriter(root).write(model);
    }

    private static JsonNode await(TestHttp http, Predicate<JsonNode> condition) throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.test(model(http))) {
            assertThat(System.nanoTime()).as("health in time: %s", model(http)).isLessThan(deadline);
            Thread.sleep(100);
        }
        return model(http);
    }

    private static JsonNode model(TestHttp http) {
        return TestHttp.json(http.send(http.get("/actuator/health"))).at("/components/model");
    }
}
