package dev.discern.scoring.web;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Requests that are wrong, and what they are told. */
class ScoringRequestsEndToEndTests extends ScoringServiceTest {

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void oneUser(@LocalServerPort int port) {
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, scoring_run restart identity cascade")
                .update();
        jdbc.sql("insert into item (external_id) values ('i1'), ('i2')").update();
        jdbc.sql("insert into app_user (external_id) values ('u1')").update();
        jdbc.sql("insert into interaction (user_id, item_id, event_time) values (1, 1, now()), (1, 2, now())")
                .update();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{\"judge\":\"oracle\"} | /judge | unknown judge 'oracle'; known are embedded, recorded, chat and batch",
                "{\"judge\":\"\"} | /judge | unknown judge ''; known are embedded, recorded, chat and batch",
                "{\"judge\":\"chat\"} | /judge | no LLM is configured: set DISCERN_LLM_BASE_URL and DISCERN_LLM_MODEL (and DISCERN_LLM_API_KEY) for the scoring service",
                "{\"encoder\":\"bert\"} | /encoder | unknown encoder 'bert'; known are e5-small-v2-q and all-minilm-l6-v2-q",
                "{\"judge\":\"recorded\"} | /judgments | the recorded judge needs judgments: the id of an uploaded file",
                "{\"judge\":\"recorded\",\"judgments\":\"abc\"} | /judgments | there is no upload abc",
                "{\"judge\":\"recorded\",\"judgments\":\"../etc\"} | /judgments | there is no upload ../etc",
                "{\"users\":0} | /users | users must be at least 1, not 0",
                "{\"users\":-3} | /users | users must be at least 1, not -3",
                "{\"pairsPerUser\":0} | /pairsPerUser | pairsPerUser must be in [1, 190], not 0",
                "{\"pairsPerUser\":191} | /pairsPerUser | pairsPerUser must be in [1, 190], not 191",
                "{\"users\":\"all\"} | /users | expected a number, found 'all'",
                "{\"users\":1.5} | /users | -",
                "{\"users\":99999999999} | /users | -",
                "{\"seed\":{}} | /seed | expected a number",
                "{\"quotas\":{\"uniform\":20,\"popular\":0,\"tail\":0,\"cold\":0}} | /quotas | quotas must add up to 1 to 19 candidates, not 20",
                "{\"quotas\":{\"uniform\":0,\"popular\":0,\"tail\":0,\"cold\":0}} | /quotas | quotas must add up to 1 to 19 candidates, not 0",
                "{\"quotas\":{\"uniform\":5,\"popular\":-1,\"tail\":0,\"cold\":0}} | /quotas | quotas must not be negative",
                "{\"quotas\":{\"uniform\":5}} | - | -",
                "{\"quotas\":[12,3,2,2]} | /quotas | expected an object",
                "{\"quotas\":{\"uniform\":12,\"popular\":3,\"tail\":2,\"cold\":2,\"audit\":1}} | /quotas/audit | -",
                "{\"judges\":\"embedded\"} | /judges | -",
                "{\"judge\": | - | -",
                "nonsense | - | -",
            })
    void aRequestThatCannotBeCarriedOutIsToldWhy(String body, String pointer, String message) throws Exception {
        HttpResponse<String> answer = client.post("/scoring-jobs", body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(answer);
        assertThat(problem.at("/code").asString()).isEqualTo("INVALID_REQUEST");
        assertThat(problem.at("/traceId").asString()).isNotBlank();
        assertThat(problem.at("/errors")).hasSize(1);
        if (pointer != null) {
            assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        }
        if (message != null) {
            assertThat(problem.at("/errors/0/message").asString()).isEqualTo(message);
        }
        assertThat(answer.body()).doesNotContain("dev.discern", "java.", "Exception");
        assertThat(json(client.get("/scoring-runs")).isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /reports/reliability?run=999999, 404, UNKNOWN_RUN",
        "GET, /reports/reliability?run=x, 400, INVALID_REQUEST",
        "GET, /reports/reliability, 400, INVALID_REQUEST",
        "GET, /judgments?run=999999, 404, UNKNOWN_RUN",
        "GET, /judgments, 400, INVALID_REQUEST",
        "GET, /jobs/999999, 404, UNKNOWN_JOB",
        "GET, /jobs/x, 400, INVALID_REQUEST",
        "GET, /jobs/999999/rejects, 404, UNKNOWN_JOB",
        "POST, /jobs/999999:stop, 404, UNKNOWN_JOB",
        "POST, /jobs/999999:restart, 404, UNKNOWN_JOB",
        "GET, /scoring-jobs, 405, METHOD_NOT_ALLOWED",
        "DELETE, /scoring-runs, 405, METHOD_NOT_ALLOWED",
    })
    void whatIsNotThereIsAProblem(String method, String path, int status, String code) throws Exception {
        HttpResponse<String> answer = client.send(method, path, "application/json", BodyPublishers.noBody());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json(answer).at("/code").asString()).isEqualTo(code);
    }

    @Test
    void aBodyOfAnotherTypeIsAProblem() throws Exception {
        assertThat(client.send("POST", "/scoring-jobs", "text/plain", BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void withoutDataThereIsNobodyToAskAbout() throws Exception {
        jdbc.sql("truncate interaction").update();

        HttpResponse<String> answer = client.post("/scoring-jobs", "{}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).at("/code").asString()).isEqualTo("NO_DATA");
        assertThat(json(answer).at("/detail").asString())
                .isEqualTo("there are no interactions to ask about; import some first");
    }

    @Test
    void aJobWithNobodyToAskAboutFailsAndSaysWhy() throws Exception {
        JsonNode job = client.ended(client.started("/scoring-jobs", "{\"seed\":77}"));

        assertThat(job.at("/status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/lastError").asString())
                .isEqualTo("there is nobody to ask about: no user has three interactions or more, of which two can be"
                        + " held out");
    }

    @Test
    void aFinishedScoringJobStaysAsItIsAndHasNoRejects() throws Exception {
        Catalogs catalog = new Catalogs(4, 20);
        client.importFiles(catalog.itemRows(), catalog.interactionRows());
        String upload = client.upload(
                "answers.jsonl", "{\"userId\":\"u0\",\"candidates\":[\"i17\",\"i18\"],\"scores\":[0.2,0.4]}");
        long job = client.run("/scoring-jobs", "{\"judge\":\"recorded\",\"judgments\":\"%s\"}".formatted(upload))
                .at("/id")
                .asLong();

        for (String action : new String[] {"stop", "restart", "abandon"}) {
            HttpResponse<String> answer = client.post("/jobs/" + job + ":" + action, "");
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(json(answer).at("/code").asString()).isEqualTo("JOB_STATE");
        }
        assertThat(client.get("/jobs/" + job + "/rejects").statusCode()).isEqualTo(404);
    }
}
