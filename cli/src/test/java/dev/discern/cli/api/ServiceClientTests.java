package dev.discern.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.discern.cli.api.ScoringApi.Imported;
import dev.discern.cli.api.ScoringApi.ScoringRequest;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.testing.FakeService;
import dev.discern.cli.testing.FakeService.Response;
import dev.discern.cli.testing.TestTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceClientTests {

    private final FakeService service = FakeService.start();
    private final TestTerminal terminal = new TestTerminal();
    private final ServiceClient client =
            new ServiceClient(Endpoint.local(ServiceName.SCORING, service.port()), "secret");
    private final ScoringApi scoring = new ScoringApi(client, terminal.terminal());

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void aProblemBecomesASentenceWithItsFields() {
        service.on("POST /v1/admin/scoring-jobs", 422, """
                {"type":"about:blank","title":"Unprocessable Content","status":422,"detail":"the request is not valid","code":"invalid",
                 "traceId":"4bf9","errors":[{"pointer":"/users","code":"min","message":"must be 1 or more, was 0"},
                 {"pointer":"/judge","code":"unknown","message":"is none of embedded, recorded"}]}""");
        assertThatThrownBy(() -> scoring.score(new ScoringRequest("oracle", null, null, 0, 1, null)))
                .isInstanceOf(CliException.class)
                .hasMessage(
                        "POST %s/v1/admin/scoring-jobs answered 422: the request is not valid: /users must be 1 or more, was 0; /judge is none of embedded, recorded (trace 4bf9)"
                                .formatted(service.url()));
    }

    @Test
    void aFieldThatTheDetailSpeaksOfIsNotToldTwice() {
        service.on("GET /v1/admin/catalog", 400, """
                {"detail":"/version: no model is named zz","errors":[{"pointer":"/version","code":"unknown","message":"no model is named zz"}]}""");
        assertThatThrownBy(scoring::catalog).hasMessageEndingWith("answered 400: /version: no model is named zz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | {\"detail\":\"a key is needed\"} | answered 401: a key is needed; set DISCERN_API_KEY",
                "403 | {\"title\":\"Forbidden\"} | answered 403: Forbidden; set DISCERN_API_KEY",
                "404 | {\"detail\":\"there is no run 9\"} | answered 404: there is no run 9",
                "502 | <html>bad gateway</html> | answered 502: <html>bad gateway</html>",
                "500 | '' | answered 500: no reason given",
                "200 | [1] | answered something that is no Catalog",
                "200 | {\"users\": | answered something that is no Catalog",
            })
    void whateverIsAnsweredIsExplained(int status, String body, String message) {
        service.on("GET /v1/admin/catalog", status, body);
        assertThatThrownBy(scoring::catalog).isInstanceOf(CliException.class).hasMessageContaining(message);
    }

    @Test
    void theKeyIsSentAndNeverShown() {
        assertThatThrownBy(scoring::catalog).hasMessageNotContaining("secret");
        assertThat(service.requests()).extracting(FakeService.Request::apiKey).containsExactly("secret");
    }

    @Test
    void uploadsStreamTheFileUnderItsName() throws IOException {
        Path file = Files.writeString(folder.resolve("my items & more.csv"), "item_id\n1\n");
        service.on("POST /v1/admin/uploads", 201, "{\"uploadId\":\"u\",\"name\":\"n\",\"bytes\":10,\"sha256\":\"s\"}");
        assertThat(scoring.upload(file).uploadId()).isEqualTo("u");
        assertThat(service.requests("POST", "/v1/admin/uploads?name=my+items+%26+more.csv"))
                .extracting(FakeService.Request::body)
                .containsExactly("item_id\n1\n");
    }

    @Test
    void aJobIsFollowedToItsEndAndItsStepsShown() throws IOException {
        Path file = Files.writeString(folder.resolve("items.csv"), "");
        service.on("POST /v1/admin/uploads", 201, "{\"uploadId\":\"u\",\"name\":\"n\",\"bytes\":0,\"sha256\":\"s\"}")
                .on("POST /v1/admin/import-jobs", 202, "{\"id\":7,\"name\":\"import\",\"status\":\"STARTING\"}")
                .on("GET /v1/admin/jobs/7", count -> new Response(200, count == 0 ? """
                        {"id":7,"name":"import","status":"STARTED","progress":{"step":"items","done":50,"total":200,"unit":"rows",
                         "percent":25.0,"etaSeconds":3,"detail":""}}""" : """
                        {"id":7,"name":"import","status":"COMPLETED","progress":null,"lastError":null,"steps":[],"result":{
                         "items":{"read":2,"inserted":2,"updated":0,"unchanged":0,"rejected":0},
                         "interactions":{"read":0,"inserted":0,"unchanged":0,"rejected":0},"users":0,"rejects":0}}"""));
        Imported imported = scoring.importFiles(file, file, 0.05, false);
        assertThat(imported.job()).isEqualTo(7);
        assertThat(imported.result().items().inserted()).isEqualTo(2);
        assertThat(terminal.err()).isEqualTo("  import: items 50 of 200 rows (25 %), 3 s left\n");
    }

    @Test
    void aFailedJobSaysWhyAndWhichItWas() {
        service.on("POST /v1/admin/scoring-jobs", 202, """
                {"id":9,"name":"scoring","status":"FAILED","lastError":"answers.jsonl:3: \\"scores\\" has 19 numbers, expected 20"}""");
        assertThatThrownBy(() -> scoring.score(new ScoringRequest("recorded", null, "u", null, 1, null)))
                .hasMessage(
                        "score failed (scoring, job 9 at %s): answers.jsonl:3: \"scores\" has 19 numbers, expected 20"
                                .formatted(service.url()));
    }

    @Test
    void aStoppedJobIsNoResult() {
        service.on("POST /v1/admin/scoring-jobs", 200, "{\"id\":9,\"name\":\"scoring\",\"status\":\"STOPPED\"}");
        assertThatThrownBy(() -> scoring.score(new ScoringRequest("embedded", null, null, null, 1, null)))
                .hasMessageContaining("its status is STOPPED");
    }

    @Test
    void intervalsAreArraysOfTwo() {
        service.on("GET /v1/admin/reports/reliability?run=3", 200, """
                {"runId":3,"judge":"embedded","pairAccuracy":0.7,"ci95":[0.68,0.72],"auditPrompts":10,
                 "bySlice":[{"historyLength":"1","popularity":"<=5","n":0,"pairAccuracy":null,"ci95":null}],
                 "popularity":{"pairAccuracy":0.45,"ci95":[0.4,0.5]}}""");
        ScoringApi.Reliability report = scoring.reliability(3);
        assertThat(report.ci95()).isEqualTo(new Interval(0.68, 0.72));
        assertThat(report.bySlice())
                .isEqualTo(List.of(new ScoringApi.Reliability.Slice("1", "<=5", 0, null, null, null, null, null)));
    }
}
