package dev.discern.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.web.WebServiceTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(
        properties = {
            "discern.security.api-key=all-scopes",
            // printf reader | sha256sum, and so on
            "discern.security.keys[0].sha256=3d0941964aa3ebdcb00ccef58b1bb399f9f898465e9886d5aec7f31090a0fb30",
            "discern.security.keys[0].scopes=recs:read",
            "discern.security.keys[1].sha256=B93006774CBDD4B299389A03AC3D88C3A76B460D538795BC12718011A909FBA5",
            "discern.security.keys[1].scopes=data:write",
        })
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyFilterIntegrationTests extends WebServiceTest {

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/page?limit=1,   all-scopes, 200",
        "GET,    /v1/admin/secret,   all-scopes, 200",
        "PUT,    /v1/items/1,        all-scopes, 200",
        "GET,    /v1/page?limit=1,   reader,     200",
        "GET,    /v1/admin/secret,   reader,     403",
        "PUT,    /v1/items/1,        reader,     403",
        "DELETE, /v1/items/1,        reader,     403",
        "POST,   /v1/events,         reader,     403",
        "POST,   /v1/events,         writer,     200",
        "PUT,    /v1/items/1,        writer,     200",
        "DELETE, /v1/items/1,        writer,     200",
        "GET,    /v1/page?limit=1,   writer,     403",
        "GET,    /v1/admin/secret,   writer,     403",
        "GET,    /v1/admin/unknown,  reader,     403",
        "GET,    /actuator/prometheus, reader,   403",
    })
    void aKeyAllowsItsScopes(String method, String path, String key, int status) throws Exception {
        HttpResponse<String> answer = send(method, path, "", "X-API-Key", key);

        if (status == 403) {
            problem(answer, 403, "FORBIDDEN");
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "all-scope", "all-scopes2", "ALL-SCOPES", "\"all-scopes\""})
    void aWrongKeyIsNoKey(String key) throws Exception {
        assertThat(problem(send("GET", "/v1/page?limit=1", "", "X-API-Key", key), 401, "UNAUTHORIZED")
                        .at("/detail")
                        .asString())
                .isEqualTo("A valid API key is required in the header X-API-Key.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/page?limit=1", "/v1/admin/secret", "/v1/unknown", "/", "/actuator/info", "/error"})
    void withoutAKeyNothingIsTold(String path) throws Exception {
        problem(send("GET", path, ""), 401, "UNAUTHORIZED");
    }

    @Test
    void healthAndTheApisDescriptionAreOpen() throws Exception {
        assertThat(send("GET", "/actuator/health", "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/v3/api-docs", "").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyIsNeverLogged(CapturedOutput log) throws Exception {
        send("GET", "/v1/broken", "", "X-API-Key", "all-scopes");
        send("GET", "/v1/page", "", "X-API-Key", "all-scopes");
        send("GET", "/v1/page", "", "X-API-Key", "a-wrong-key");

        assertThat(log.getAll()).contains("unexpected failure").doesNotContain("all-scopes", "a-wrong-key");
    }
}
