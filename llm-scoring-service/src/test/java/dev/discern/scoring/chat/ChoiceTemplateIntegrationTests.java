package dev.discern.scoring.chat;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.LlmStub;
import dev.discern.scoring.testing.LlmStub.Manner;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The template that reads scores from the log-probabilities of a single token, by chat and by batch. */
@Timeout(300)
class ChoiceTemplateIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 30;
    private static final Catalogs CATALOG = new Catalogs(USERS, 40);
    private static final LlmStub STUB = new LlmStub();

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void llm(DynamicPropertyRegistry properties) {
        properties.add("discern.llm.base-url", STUB::baseUrl);
        properties.add("discern.llm.model", () -> "gpt-4o-mini");
        properties.add("discern.llm.prompt.name", () -> "choice");
        properties.add("discern.llm.batch.poll-interval", () -> "50ms");
    }

    @AfterAll
    static void closeStub() {
        STUB.close();
    }

    @BeforeEach
    void catalog(@LocalServerPort int port) throws Exception {
        STUB.reset();
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, scoring_run, llm_call, llm_batch restart identity cascade")
                .update();
        client.importFiles(CATALOG.itemRows().replace("i0,\n", "i0,a thing\n"), CATALOG.interactionRows());
    }

    @Test
    void scoresAreTheLogProbabilitiesOfTheCodesByChatAndByBatchAlike() throws Exception {
        // 100 for one candidate of each prompt and 90 for the others: one is e^10 times as probable as each of them
        STUB.scoreBy((question, candidate) -> question.contains("A: " + candidate) ? 100 : 90);

        JsonNode result = client.run("/scoring-jobs", plan("chat")).at("/result");

        assertThat(result.at("/scored").asInt()).as(result.toPrettyString()).isEqualTo(USERS);
        assertThat(STUB.bodies().getFirst().at("/max_completion_tokens").asInt())
                .isEqualTo(1);
        assertThat(STUB.bodies().getFirst().at("/top_logprobs").asInt()).isEqualTo(20);
        assertThat(STUB.bodies().getFirst().has("response_format")).isFalse();
        List<Float> scores = jdbc.sql("select unnest(scores) from judgment order by key limit 5")
                .query(Float.class)
                .list();
        assertThat(scores.getFirst()).isBetween(0.999f, 1f);
        assertThat(scores.subList(1, 5)).allSatisfy(score -> assertThat(score).isBetween(0.499f, 0.5f));

        jdbc.sql("delete from judgment").update();
        JsonNode byBatch = client.run("/scoring-jobs", plan("batch")).at("/result");
        assertThat(byBatch.at("/scored").asInt()).as(byBatch.toPrettyString()).isEqualTo(USERS);
        assertThat(jdbc.sql("select unnest(scores) from judgment order by key limit 5")
                        .query(Float.class)
                        .list())
                .isEqualTo(scores);
    }

    @Test
    void aProviderThatTellsNoProbabilitiesEndsTheRunAtOnce() throws Exception {
        STUB.follow((question, call, repair) -> Manner.NO_LOG_PROBABILITIES);

        JsonNode job = client.ended(client.started("/scoring-jobs", plan("chat")));

        assertThat(job.at("/status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/lastError").asString())
                .contains("no log-probabilities", "choose another by discern.llm.prompt.name");
        assertThat(STUB.calls()).isLessThan(USERS);
        assertThat(jdbc.sql(
                                "select count(*) from llm_call where failure = 'NO_LOG_PROBABILITIES' and prompt_tokens > 0")
                        .query(Long.class)
                        .single())
                .as("paid calls are in the ledger")
                .isEqualTo(STUB.calls());
    }

    @Test
    void everyTemplateOfTheBuildIsKept() throws Exception {
        assertThat(json(client.get("/prompts")).findValuesAsString("answer")).contains("scores", "ranking/5", "choice");
    }

    private static String plan(String judge) {
        return "{\"judge\":\"%s\",\"quotas\":{\"uniform\":4,\"popular\":0,\"tail\":0,\"cold\":0}}".formatted(judge);
    }
}
