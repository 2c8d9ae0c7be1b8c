package dev.discern.serving.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is wrong with a request, the answer is a problem detail that says so, and never a 500. */
class BrokenRequestsIntegrationTests extends ServingServiceTest {

    private static final String USER = "/v1/users/user-03/recommendations";

    private TestHttp http;

    @BeforeEach
    void client() throws InterruptedException {
        http = http();
    }

    @ParameterizedTest
    @CsvSource({
        "k=0, k, OUT_OF_RANGE, expected 1 to 1000",
        "k=-1, k, OUT_OF_RANGE, expected 1 to 1000",
        "k=1001, k, OUT_OF_RANGE, expected 1 to 1000",
        "k=abc, k, WRONG_TYPE, 'expected int, got ''abc'''",
        "k=1.5, k, WRONG_TYPE, 'expected int, got ''1.5'''",
        "k=99999999999, k, WRONG_TYPE, 'expected int, got ''99999999999'''",
        "categoryMode=some, categoryMode, WRONG_TYPE, 'expected one of [any, all], got ''some'''",
        "excludeSeen=maybe, excludeSeen, WRONG_TYPE, 'expected boolean, got ''maybe'''",
        "explain=2, explain, WRONG_TYPE, 'expected boolean, got ''2'''",
    })
    void parameters(String query, String pointer, String code, String message) {
        assertInvalid(http.get(USER + "?" + query), pointer, code, message);
    }

    @Test
    void reportsThatCannotBeMade() {
        String arms = "/v1/admin/reports/arms";
        assertInvalid(
                http.get(arms + "?since=yesterday"),
                "since",
                "WRONG_TYPE",
                "expected a day such as 2026-01-31, got 'yesterday'");
        assertInvalid(
                http.get(arms + "?since=2999-01-01"),
                "since",
                "OUT_OF_RANGE",
                "expected a day that has begun, UTC, got 2999-01-01");
        assertThat(http.send(http.get(arms)).statusCode())
                .as("there is no database")
                .isEqualTo(503);
        assertThat(http.send(http.get(arms).header("Accept", "text/html")).statusCode())
                .isEqualTo(406);
        assertThat(http.send(http.get("/v1/admin/reports/shadow")).statusCode()).isEqualTo(404);
        assertThat(httpWithKey(READER).send(httpWithKey(READER).get(arms)).statusCode())
                .isEqualTo(403);
    }

    @Test
    void tooMuchInAnAddress() {
        assertInvalid(
                http.get(USER + "?category=x" + "&category=x".repeat(100)),
                "category",
                "OUT_OF_RANGE",
                "expected at most 100 categories, got 101");
        assertInvalid(
                http.get("/v1/users/" + "u".repeat(513) + "/recommendations"),
                "userId",
                "OUT_OF_RANGE",
                "expected 1 to 512 characters");
        assertInvalid(http.get("/v1/items/item-01/similar?k=0"), "k", "OUT_OF_RANGE", "expected 1 to 1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                     | ''                | UNREADABLE    | a JSON body is required",
                "null                                                   | ''                | UNREADABLE    | a JSON body is required",
                "{                                                      | ''                | UNREADABLE    | Unexpected end-of-input",
                "{'userId':                                             | ''                | UNREADABLE    | Unexpected end-of-input",
                "[]                                                     | ''                | UNREADABLE    | expected an object",
                "\"user-03\"                                          | ''                | UNREADABLE    | expected an object",
                "{'userId':'u','limit':3}                               | /limit            | UNKNOWN_FIELD | this field is unknown; known are [",
                "{'session':{'items':[]}}                               | /session/items    | UNKNOWN_FIELD | this field is unknown; known are [",
                "{'userId':'u','session':{'itemIds':[]}}                | /userId           | REQUIRED      | expected userId or session, got both",
                "{}                                                     | /userId           | REQUIRED      | expected userId or session, got neither",
                "{'userId':null}                                        | /userId           | REQUIRED      | expected userId or session, got neither",
                "{'userId':''}                                          | /userId           | OUT_OF_RANGE  | expected 1 to 512 characters",
                "{'userId':{}}                                          | /userId           | UNREADABLE    | expected a string",
                "{'userId':'u','k':0}                                   | /k                | OUT_OF_RANGE  | expected 1 to 1000",
                "{'userId':'u','k':1001}                                | /k                | OUT_OF_RANGE  | expected 1 to 1000",
                "{'userId':'u','k':'ten'}                               | /k                | UNREADABLE    | ten",
                "{'userId':'u','k':99999999999}                         | /k                | UNREADABLE    | out of range of `int`",
                "{'userId':'u','categoryMode':'some'}                   | /categoryMode     | UNREADABLE    | 'expected one of [any, all], found ''some'''",
                "{'userId':'u','excludeSeen':'maybe'}                   | /excludeSeen      | UNREADABLE    | maybe",
                "{'userId':'u','categories':'third'}                    | /categories       | UNREADABLE    | expected an array",
                "{'userId':'u','categories':['x',' ']}                  | /categories/1     | REQUIRED      | 'expected a category, got none'",
                "{'userId':'u','excludeItems':['x',null]}               | /excludeItems/1   | REQUIRED      | 'expected an item id, got null'",
                "{'session':{}}                                         | /session/itemIds  | REQUIRED      | expected a list of item ids",
                "{'session':{'itemIds':[null]}}                         | /session/itemIds/0 | REQUIRED     | 'expected an item id, got null'",
            })
    void bodies(String body, String pointer, String code, String message) {
        assertInvalid(http.post("/v1/recommendations", body.replace('\'', '"')), pointer, code, message);
    }

    @Test
    void tooMuchInABody() {
        assertTooMany("{\"session\":{\"itemIds\":[%s]}}", 1001, "/session/itemIds", "expected at most 1000 items");
        assertTooMany("{\"userId\":\"u\",\"categories\":[%s]}", 101, "/categories", "expected at most 100 categories");
        assertTooMany(
                "{\"userId\":\"u\",\"excludeItems\":[%s]}", 10_001, "/excludeItems", "expected at most 10000 items");
    }

    private void assertTooMany(String body, int count, String pointer, String message) {
        String full = body.formatted(String.join(",", Collections.nCopies(count, "\"i\"")));
        assertInvalid(http.post("/v1/recommendations", full), pointer, "OUT_OF_RANGE", message);
    }

    @Test
    void bodiesThatAreNoText() {
        byte[] noUtf8 = {'{', '"', 'u', 's', 'e', 'r', 'I', 'd', '"', ':', '"', (byte) 0xff, (byte) 0xfe, '"', '}'};
        assertProblem(
                http.get("/v1/recommendations")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(noUtf8)),
                400,
                "INVALID_REQUEST");
        assertProblem(http.post("/v1/recommendations", "[".repeat(100_000)), 400, "INVALID_REQUEST");
        assertProblem(
                http.post("/v1/recommendations", "{\"userId\":\"" + "u".repeat(1 << 20) + "\"}"),
                400,
                "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "by=title, by, WRONG_TYPE, 'expected one of [behaviour, text, blend], got ''title'''",
        "k=0, k, OUT_OF_RANGE, expected 1 to 1000",
        "categoryMode=some, categoryMode, WRONG_TYPE, 'expected one of [any, all], got ''some'''",
    })
    void parametersOfSimilarItems(String query, String pointer, String code, String message) {
        assertInvalid(http.get("/v1/items/item-01/similar?" + query), pointer, code, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                     | /itemIds         | REQUIRED      | expected a list of item ids",
                "{'itemIds':[]}                         | /itemIds         | OUT_OF_RANGE  | expected 1 to 1000 items",
                "{'itemIds':[null]}                     | /itemIds/0       | REQUIRED      | 'expected an item id, got null'",
                "{'itemIds':['i'],'by':'title'}         | /by              | UNREADABLE    | 'expected one of [behaviour, text, blend], found ''title'''",
                "{'itemIds':['i'],'k':1001}             | /k               | OUT_OF_RANGE  | expected 1 to 1000",
                "{'itemIds':['i'],'categories':[' ']}   | /categories/0    | REQUIRED      | 'expected a category, got none'",
                "{'itemIds':['i'],'excludeItems':[null]} | /excludeItems/0 | REQUIRED      | 'expected an item id, got null'",
                "{'itemIds':['i'],'userId':'u'}         | /userId          | UNKNOWN_FIELD | this field is unknown; known are [",
            })
    void bodiesOfSimilarItems(String body, String pointer, String code, String message) {
        assertInvalid(http.post("/v1/items:similar", body.replace('\'', '"')), pointer, code, message);
    }

    @Test
    void aModelWithoutATextPart() {
        for (HttpRequest.Builder request : List.of(
                http.get("/v1/items/item-01/similar?by=text"),
                http.post("/v1/items:similar", "{\"itemIds\":[\"item-01\"],\"by\":\"text\"}"))) {
            JsonNode problem = assertProblem(request, 400, "NO_TEXT_PART");
            assertThat(problem.at("/detail").asString())
                    .isEqualTo("model v1 has no text part: it knows items by their interactions alone");
        }
        assertProblem(http.post("/v1/items:similar", "{\"itemIds\":[\"x\",\"y\"]}"), 404, "UNKNOWN_ITEM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"item-99", "a%2Fb", "%F0%9F%98%80", "item-01%20"})
    void anItemThatTheModelDoesNotHave(String item) {
        assertThat(assertProblem(http.get("/v1/items/" + item + "/similar"), 404, "UNKNOWN_ITEM")
                        .at("/detail")
                        .asString())
                .startsWith("model v1 has no item \"");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/nothing, application/json, 404, NOT_FOUND",
        "GET, /nothing, text/html, 404, NOT_FOUND",
        "GET, /v1/users//recommendations, application/json, 404, NOT_FOUND",
        "GET, /v1/recommendations, application/json, 405, METHOD_NOT_ALLOWED",
        "DELETE, /v1/users/u/recommendations, application/json, 405, METHOD_NOT_ALLOWED",
        "PATCH, /v1/items/i/similar, application/json, 405, METHOD_NOT_ALLOWED",
        "GET, /v1/users/u/recommendations, text/html, 406, NOT_ACCEPTABLE",
        "GET, /v1/users/u/recommendations, application/xml, 406, NOT_ACCEPTABLE",
    })
    void addressesMethodsAndTypes(String method, String path, String accept, int status, String code) {
        assertProblem(http.get(path).method(method, BodyPublishers.noBody()).header("Accept", accept), status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data"})
    void bodiesThatAreNotJson(String type) {
        assertProblem(
                http.get("/v1/recommendations").header("Content-Type", type).POST(BodyPublishers.ofString("userId=u")),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void keys() {
        assertProblem(httpWithKey("").get(USER), 401, "UNAUTHORIZED");
        assertProblem(httpWithKey("wrong").get(USER), 401, "UNAUTHORIZED");
        assertProblem(httpWithKey("").get("/v1/nothing"), 401, "UNAUTHORIZED");
        assertProblem(httpWithKey(READER).get("/actuator/prometheus"), 403, "FORBIDDEN");
        assertThat(httpWithKey(READER).getJson(USER).at("/items")).hasSize(10);
        assertThat(httpWithKey("")
                        .getJson("/actuator/health/readiness")
                        .at("/status")
                        .asString())
                .isEqualTo("UP");
    }

    /** What clients' own checks would not let through: the container answers before Spring sees it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/users/%zz/recommendations",
                "GET /v1/users/%/recommendations",
                "GET /v1/users/%C3%28/recommendations",
                "GET /v1/users/%FF%FE/recommendations",
                "GET /v1/users/%00/recommendations",
                "GET /v1/users/%0A/recommendations",
                "GET /v1/users/../../etc/recommendations",
                "GET /v1/users/a b/recommendations",
                "GET /v1/users/\u00fc/recommendations",
                "GET /v1/users/<x>/recommendations",
                "GET /v1/users/u/recommendations?k=%zz",
                "GET /v1/users/u/recommendations?category=%FF",
                "GET /v1/users/u/recommendations?%",
                "FOO /v1/users/u/recommendations",
                "TRACE /v1/users/u/recommendations",
                "POST /v1/recommendations",
                "GET *",
                "GET http://elsewhere/v1/users/u/recommendations"
            })
    void requestLinesThatAreNone(String requestLine) throws IOException {
        String answer = http.raw(requestLine);
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status).as(answer).isLessThan(500);
        if (status >= 400) {
            assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
            JsonNode problem = JsonMapper.builder().build().readTree(answer.substring(answer.indexOf("\r\n\r\n") + 4));
            assertThat(problem.at("/status").asInt()).isEqualTo(status);
            assertThat(problem.at("/code").asString()).isNotBlank();
            assertThat(problem.at("/traceId").asString()).isNotBlank();
        }
    }

    private void assertInvalid(HttpRequest.Builder request, String pointer, String code, String message) {
        JsonNode problem = assertProblem(request, 400, "INVALID_REQUEST");
        assertThat(problem.at("/errors")).as(problem.toString()).hasSize(1);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/code").asString()).isEqualTo(code);
        assertThat(problem.at("/errors/0/message").asString()).contains(message);
    }

    private JsonNode assertProblem(HttpRequest.Builder request, int status, String code) {
        HttpResponse<String> answer = http.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("none")).startsWith("application/problem+json");
        JsonNode problem = TestHttp.json(answer);
        assertThat(problem.at("/status").asInt()).isEqualTo(status);
        assertThat(problem.at("/code").asString()).isEqualTo(code);
        assertThat(problem.at("/traceId").asString())
                .isEqualTo(answer.headers().firstValue("X-Trace-Id").orElseThrow());
        assertThat(answer.body()).doesNotContain("Exception", "dev.discern", "org.springframework");
        return problem;
    }
}
