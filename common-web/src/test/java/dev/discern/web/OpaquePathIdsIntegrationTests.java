package dev.discern.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpaquePathIdsIntegrationTests extends WebServiceTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "a/b",
                "/",
                "//",
                "a//b",
                "%2F",
                "100%",
                "a b",
                " ",
                "+",
                "a;b=c",
                "a\\b",
                ".",
                "..",
                "../../etc",
                "a.json",
                "a:stop",
                "a?b#c",
                "\"quoted\"",
                "Ünïcödé",
                "日本",
                "🦉",
                "a&b=c",
            })
    void anIdStandsInAPathWhateverItsCharacters(String id) throws Exception {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace(".", "%2E");

        HttpResponse<String> answer = send("GET", "/v1/users/" + encoded + "/items/x" + encoded, "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).at("/0").asString()).isEqualTo(id);
        assertThat(json(answer).at("/1").asString()).isEqualTo("x" + id);
    }
}
