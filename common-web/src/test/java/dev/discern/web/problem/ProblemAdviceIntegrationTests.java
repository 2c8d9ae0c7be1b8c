package dev.discern.web.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.web.WebServiceTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class ProblemAdviceIntegrationTests extends WebServiceTest {

    private static final String[] JSON = {"Content-Type", "application/json"};

    @Test
    void aProblemOfOurOwnIsToldAsItIs() throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/taken", "");

        JsonNode problem = problem(answer, 409, "TAKEN");
        assertThat(problem.at("/detail").asString()).isEqualTo("somebody has it; try again later");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/name");
        assertThat(answer.headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void aProblemOfNoFieldInParticularHasNoColonBeforeIt() throws Exception {
        JsonNode problem = problem(send("GET", "/v1/nowhere", ""), 400, "INVALID_REQUEST");
        assertThat(problem.at("/detail").asString()).isEqualTo("nothing fits");
    }

    @Test
    void anUnforeseenFailureIsLoggedWithItsTraceIdAndToldWithoutItsInternals(CapturedOutput log) throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/broken", "");

        String traceId =
                problem(answer, 500, "INTERNAL_SERVER_ERROR").at("/traceId").asString();
        assertThat(answer.body()).doesNotContain("hunter2", "IllegalState", "\tat ", "trace\"");
        assertThat(log.getOut()).contains("hunter2").containsPattern(traceId + ".*unexpected failure of a request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01"})
    void aDatabaseThatIsGoneIsSaidToBeAndWhenToTryAgain(String state) throws Exception {
        HttpResponse<String> answer = send("GET", "/v1/sql/" + state, "");

        problem(answer, 503, "DATABASE_UNAVAILABLE");
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).doesNotContain("secret-host");
    }

    @Test
    void anotherFailureOfTheDatabaseIsNone() throws Exception {
        problem(send("GET", "/v1/sql/23505", ""), 500, "INTERNAL_SERVER_ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/unknown, 404, NOT_FOUND",
        "GET, /favicon.ico, 404, NOT_FOUND",
        "GET, /, 404, NOT_FOUND",
        "GET, /v1/orders, 405, METHOD_NOT_ALLOWED",
        "POST, /v1/page, 405, METHOD_NOT_ALLOWED",
        "TRACE, /v1/page, 405, METHOD_NOT_ALLOWED",
    })
    void whatIsNotThereIsAProblem(String method, String path, int status, String code) throws Exception {
        problem(send(method, path, ""), status, code);
    }

    @Test
    void aForbiddenMethodSaysWhichAreAllowed() throws Exception {
        assertThat(send("GET", "/v1/orders", "").headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void anotherMediaTypeIsAProblem() throws Exception {
        problem(send("POST", "/v1/orders", "name=a", "Content-Type", "text/plain"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(send("POST", "/v1/orders", "{}"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(send("POST", "/v1/orders", "{}", "Content-Type", "*/*"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(send("POST", "/v1/orders", "{}", "Content-Type", "application/*"), 415, "UNSUPPORTED_MEDIA_TYPE");
        problem(send("GET", "/v1/users/1/items/2", "", "Accept", "image/png"), 406, "NOT_ACCEPTABLE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "{\"amount\":1}; /name; REQUIRED; must not be blank",
                "{\"name\":\"a\",\"amount\":0}; /amount; OUT_OF_RANGE; must be greater than or equal to 1",
                "{\"name\":\"a\",\"amount\":1,\"lines\":[{},{\"item\":\"b\"}]}; /lines/0/item; REQUIRED; must not be blank",
                "{\"name\":\"a\",\"amount\":1,\"lines\":[{\"item\":1},{\"item\":2},{\"item\":3}]}; /lines; OUT_OF_RANGE; size must be between 0 and 2",
                "{\"name\":\"a\",\"amount\":1,\"colour\":\"red\"}; /colour; UNKNOWN_FIELD; -",
                "{\"name\":\"a\",\"amount\":\"many\"}; /amount; UNREADABLE; -",
                "{\"name\":\"a\",\"amount\":1,\"lines\":[{\"item\":\"b\"},7]}; /lines/1; UNREADABLE; -",
                "{\"name\":\"a\",\"amount\":1,\"range\":{\"low\":2,\"high\":1}}; /range; INVALID; low must not be above high, found 2 > 1",
            })
    void aFieldThatIsWrongIsPointedAt(String body, String pointer, String code, String message) throws Exception {
        HttpResponse<String> answer = send("POST", "/v1/orders", body, JSON);

        JsonNode problem = problem(answer, 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors")).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/code").asString()).isEqualTo(code);
        if (message != null) {
            assertThat(problem.at("/errors/0/message").asString()).isEqualTo(message);
        }
        assertThat(answer.body()).doesNotContain("dev.discern", "java.lang");
    }

    @Test
    void allFieldsThatAreWrongAreToldAtOnce() throws Exception {
        JsonNode problem = problem(send("POST", "/v1/orders", "{\"amount\":-1}", JSON), 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors").findValuesAsString("pointer")).containsExactlyInAnyOrder("/name", "/amount");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "{\"name\":", "[", "nonsense", "{\"name\":\"a\",\"amount\":1}}", "null", "\"x\"", "[]"})
    void aBodyThatIsNoObjectIsAProblem(String body) throws Exception {
        HttpResponse<String> answer = send("POST", "/v1/orders", body, JSON);

        assertThat(problem(answer, 400, "INVALID_REQUEST").at("/errors")).hasSize(1);
        assertThat(answer.body()).doesNotContain("dev.discern", "java.lang");
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit, OUT_OF_RANGE",
        "limit=101, limit, OUT_OF_RANGE",
        "limit=many, limit, WRONG_TYPE",
        "limit=99999999999, limit, WRONG_TYPE",
        "shape=ROUND, limit, REQUIRED",
        "limit=1&shape=OVAL, shape, WRONG_TYPE",
    })
    void aParameterThatIsWrongIsNamed(String query, String pointer, String code) throws Exception {
        JsonNode problem = problem(send("GET", "/v1/page?" + query, ""), 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/code").asString()).isEqualTo(code);
    }

    @Test
    void aParameterThatComesTwiceIsToldWithBothValues() throws Exception {
        JsonNode problem = problem(send("GET", "/v1/page?limit=1&shape=OVAL&shape=FLAT", ""), 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors/0/message").asString()).contains("[OVAL, FLAT]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/%00", "/v1/../page", "/v1/page%0a"})
    void whatTheFirewallRefusesIsAProblem(String path) throws Exception {
        problem(send("GET", path, ""), 400, "BAD_REQUEST");
    }

    @Test
    void aPathThatCannotBeReadIsAProblem() throws Exception {
        assertThat(raw("GET /v1/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "\"code\":\"BAD_REQUEST\"", "\"traceId\":\"");
    }

    @Test
    void whatIsNoHttpIsRefusedWithoutTellingTheServersVersion() throws Exception {
        assertThat(raw("GET /v1/{page} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Tomcat", "\tat ", "Exception");
    }

    /** By closing the connection, and by a reset. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBodyThatItsSenderAbortsIsNoMatterForTheLog(boolean reset, CapturedOutput log) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(reset, 0);
            socket.getOutputStream().write("""
                    POST /v1/orders HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Content-Length: 1000\r
                    \r
                    {"amount\"""".getBytes(StandardCharsets.US_ASCII));
            Thread.sleep(200); // a reset overtakes what has not been read
        }
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!log.getOut().contains("whoever sent a body ended the connection")) {
            assertThat(System.nanoTime()).as(log.getOut()).isLessThan(deadline);
            Thread.sleep(20);
        }

        assertThat(log.getOut())
                .containsPattern("DEBUG .*whoever sent a body ended the connection")
                .doesNotContainPattern("(WARN|ERROR) .*(ProblemAdvice|committed)");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
