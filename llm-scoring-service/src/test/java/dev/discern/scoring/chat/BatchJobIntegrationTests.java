package dev.discern.scoring.chat;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.BatchStub;
import dev.discern.scoring.testing.BatchStub.Course;
import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.LlmStub;
import dev.discern.scoring.testing.LlmStub.Manner;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.math.BigDecimal;
import java.util.HashSet;
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

/** The batch judge against a provider that answers in any order, half, twice or not at all, and counts what it charges. */
@Timeout(300)
class BatchJobIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 120;
    private static final int PER_BATCH = 40;
    private static final String QUOTAS = "\"quotas\":{\"uniform\":4,\"popular\":0,\"tail\":0,\"cold\":0}";
    private static final Catalogs CATALOG = new Catalogs(USERS, 40);
    private static final String ITEMS = CATALOG.itemRows().replace("i0,\n", "i0,a thing\n");
    private static final LlmStub STUB = new LlmStub();
    private static final BatchStub BATCHES = STUB.batches();

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void llm(DynamicPropertyRegistry properties) {
        properties.add("discern.llm.base-url", STUB::baseUrl);
        properties.add("discern.llm.model", () -> "gpt-4o-mini");
        properties.add("discern.llm.api-key", () -> "sk-test");
        properties.add("discern.llm.max-completion-tokens", () -> 60);
        properties.add("discern.llm.timeouts.first-byte", () -> "4s");
        properties.add("discern.llm.timeouts.answer", () -> "20s");
        properties.add("discern.llm.retry.attempts", () -> 3);
        properties.add("discern.llm.retry.first-delay", () -> "1ms");
        properties.add("discern.llm.retry.max-delay", () -> "5ms");
        properties.add("discern.llm.retry.give-up-after", () -> 10);
        properties.add("discern.llm.batch.max-requests", () -> PER_BATCH);
        properties.add("discern.llm.batch.poll-interval", () -> "50ms");
        properties.add("discern.llm.batch.cancel-within", () -> "500ms");
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
        client.importFiles(ITEMS, CATALOG.interactionRows());
    }

    @Test
    void everyQuestionIsAnsweredOnceAndTheLedgerIsTheProvidersOwnCount() throws Exception {
        BATCHES.follow(number -> switch (number) {
            case 0 -> Course.COMPLETES_UNTIDILY;
            case 1 -> Course.EXPIRES_HALF_DONE;
            default -> Course.COMPLETES;
        });
        STUB.follow((question, call, repair) ->
                call > 1 || question % 6 > 1 ? Manner.GOOD : question % 6 == 0 ? Manner.SERVER_ERROR : Manner.SILENT);

        JsonNode result = client.run("/scoring-jobs", plan("")).at("/result");

        assertThat(result.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.sizes()).startsWith(PER_BATCH, PER_BATCH, PER_BATCH).hasSizeGreaterThan(3);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
        assertThat(result.at("/promptTokens").asLong()).isEqualTo(STUB.promptTokens());
        assertThat(result.at("/cost").decimalValue())
                .as("half the price of chat")
                .isEqualByComparingTo(BigDecimal.valueOf(75 * STUB.promptTokens() + 300 * STUB.completionTokens(), 9));
        assertThat(result.at("/chat/unknownCalls").asInt()).isZero();
        assertThat(STUB.calls()).as("by chat").isZero();
        assertThat(STUB.bodies()).isEmpty();
    }

    @Test
    void aLineIsWhatTheChatJudgeSends() throws Exception {
        STUB.follow((question, call, repair) -> repair ? Manner.GOOD : Manner.PROSE);
        client.run("/scoring-jobs", plan(",\"users\":5"));
        jdbc.sql("truncate judgment, scoring_run, llm_call, llm_batch cascade").update();
        client.run("/scoring-jobs", plan(",\"users\":5,\"pairsPerUser\":7").replace("batch", "chat"));

        assertThat(BATCHES.bodies()).hasSize(10);
        assertThat(new HashSet<>(STUB.bodies())).isEqualTo(new HashSet<>(BATCHES.bodies()));
    }

    @Test
    void anUnusableAnswerIsMendedOnceByBatch() throws Exception {
        STUB.follow((question, call, repair) -> switch (question % 3) {
            case 0 -> Manner.PROSE;
            case 1 -> repair ? Manner.GOOD : Manner.SUBSET;
            default -> Manner.GOOD;
        });

        JsonNode result = client.run("/scoring-jobs", plan("")).at("/result");

        assertThat(result.at("/failures/MALFORMED_ANSWER").asInt())
                .isPositive()
                .isEqualTo(result.at("/failed").asInt());
        assertThat(result.at("/scored").asInt() + result.at("/failed").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.charged().keySet())
                .filteredOn(id -> id.endsWith("-repair"))
                .hasSizeGreaterThan(USERS / 3);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
        assertThat(json(client.get("/scoring-runs/1/failures?limit=500")).at("/failures"))
                .allSatisfy(failure -> {
                    assertThat(failure.at("/answer").asString()).startsWith("Here you are");
                    assertThat(failure.at("/detail").asString()).contains("asked twice");
                });
        assertThat(jdbc.sql("""
                        select sum(j.cost_usd) = (select sum(cost_usd) from llm_call) from judgment j""").query(Boolean.class).single())
                .as("judgments carry what they cost, repairs included")
                .isTrue();
    }

    @Test
    void severalOrdersMakeAJointAnswerWhenAllAreThere() throws Exception {
        client.run("/scoring-jobs", plan("").replace("batch", "chat"));
        assertThat(STUB.calls()).isEqualTo(USERS);

        JsonNode result =
                client.run("/scoring-jobs", plan(",\"permutations\":3")).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(result.at("/chat/flipRate").asDouble()).isZero();
        assertThat(BATCHES.charged()).as("the first order was asked by chat").hasSize(2 * USERS);
        assertThat(STUB.repeatedQuestions()).isZero();
    }

    @Test
    void aCapIsKeptAtThePriceOfBatches() throws Exception {
        BATCHES.overAfter(1);
        BigDecimal byChat = json(client.post("/scoring-jobs:estimate", plan("").replace("batch", "chat")))
                .at("/cost")
                .decimalValue();
        JsonNode estimate = json(client.post("/scoring-jobs:estimate", plan("")));
        assertThat(estimate.at("/cost").decimalValue().multiply(BigDecimal.TWO)).isEqualByComparingTo(byChat);
        BigDecimal cap = estimate.at("/cost").decimalValue();

        JsonNode result =
                client.run("/scoring-jobs", plan(",\"budgetUsd\":" + cap)).at("/result");

        assertThat(result.at("/status").asString()).isEqualTo("BUDGET_REACHED");
        assertThat(result.at("/cost").decimalValue())
                .isLessThanOrEqualTo(cap)
                .isGreaterThan(cap.multiply(new BigDecimal("0.8")));
        assertThat(result.at("/undone").asInt()).isPositive();
        assertThat(result.at("/scored").asInt() + result.at("/undone").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.created()).isGreaterThan(1);

        JsonNode rest =
                client.run("/scoring-jobs", plan("").replace("batch", "chat")).at("/result");
        assertThat(rest.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(rest.at("/resumedFrom")).isEqualTo(result.at("/scored"));
        assertThat(STUB.repeatedQuestions()).as("by batch and by chat are one").isZero();
    }

    @Test
    void whatHasNoAnswerAtTheDeadlineIsAskedByChat() throws Exception {
        BATCHES.follow(number -> number == 0 ? Course.COMPLETES : Course.TAKES_FOREVER);

        JsonNode result =
                client.run("/scoring-jobs", plan(",\"batchDeadline\":\"PT1S\"")).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.statuses()).containsExactly("completed", "cancelled", "cancelled");
        assertThat(BATCHES.charged())
                .as("half of two batches was answered in time")
                .hasSize(2 * PER_BATCH);
        assertThat(STUB.calls()).isEqualTo(PER_BATCH);
        assertThat(STUB.repeatedQuestions()).isZero();
        assertTheLedgerIsTheProvidersOwnCount();
        assertThat(
                        count(
                                "llm_call where batch_id is null and cost_usd = 0.00000015 * prompt_tokens + 0.0000006 * completion_tokens"))
                .as("the rest at the price of chat")
                .isEqualTo(PER_BATCH);
    }

    @Test
    void aBatchThatDoesNotEndWhenCancelledIsGivenUpAtItsWorstCase() throws Exception {
        BATCHES.follow(number -> Course.HANGS);

        JsonNode result = client.run("/scoring-jobs", plan(",\"users\":20,\"batchDeadline\":\"PT0.3S\""))
                .at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(20);
        assertThat(result.at("/chat/unknownCalls").asInt()).isEqualTo(20);
        assertThat(STUB.calls()).isEqualTo(20);
    }

    @Test
    void runsAtOnceAskEveryQuestionOnceWhetherByBatchOrByChat() throws Exception {
        BATCHES.overAfter(20);
        long one = client.started("/scoring-jobs", plan(",\"pairsPerUser\":3"));
        ScoringClient.until(() -> BATCHES.created() == 3);
        long two = client.started("/scoring-jobs", plan(",\"pairsPerUser\":4"));
        long three = client.started("/scoring-jobs", plan("").replace("batch", "chat"));

        for (long job : new long[] {one, two, three}) {
            JsonNode ended = client.ended(job);
            assertThat(ended.at("/result/scored").asInt())
                    .as(ended.toPrettyString())
                    .isEqualTo(USERS);
        }
        assertThat(STUB.repeatedQuestions()).isZero();
        assertThat(BATCHES.created()).isEqualTo(3);
        assertThat(STUB.calls()).isZero();
        assertTheLedgerIsTheProvidersOwnCount();
    }

    @Test
    void runsThatBeginTogetherShareTheQuestions() throws Exception {
        long one = client.started("/scoring-jobs", plan(",\"pairsPerUser\":3"));
        long two = client.started("/scoring-jobs", plan("").replace("batch", "chat"));

        assertThat(client.ended(one).at("/result/scored").asInt()).isEqualTo(USERS);
        assertThat(client.ended(two).at("/result/scored").asInt()).isEqualTo(USERS);
        assertThat(STUB.repeatedQuestions()).isZero();
    }

    @Test
    void aStopLeavesBatchesAtTheProviderAndARestartGoesOnWithThem() throws Exception {
        long job = stoppedWithOpenBatches();
        assertThat(json(client.get("/jobs/" + job)).at("/lastError").asString())
                .contains("go on at the provider", "/scoring-runs/1:cancel-batches");
        assertThat(count("llm_call where state = 'IN_FLIGHT'")).isEqualTo(USERS);

        BATCHES.overAfter(1);
        JsonNode result = client.restarted(job).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.created()).isEqualTo(3);
        assertThat(result.at("/chat/repeatedCalls").asInt()).isZero();
        assertEveryQuestionWasAnsweredOnce();
    }

    @Test
    void aKillBetweenSubmissionAndItsCommitDoesNotPayTwice() throws Exception {
        long job = stoppedWithOpenBatches();
        // What a kill leaves: the provider has the batches, the ledger does not know.
        jdbc.sql("update llm_batch set provider_batch = null, submitted_at = null")
                .update();

        BATCHES.overAfter(1);
        assertThat(client.restarted(job).at("/result/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.created()).isEqualTo(3);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
    }

    @Test
    void aKillBeforeTheSubmissionLeavesABatchThatIsSubmittedLater() throws Exception {
        long job = stoppedWithOpenBatches();
        BATCHES.reset(); // as if nothing had ever come there
        jdbc.sql("update llm_batch set provider_batch = null, provider_file = null, submitted_at = null")
                .update();

        assertThat(client.restarted(job).at("/result/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.sizes()).containsExactly(PER_BATCH, PER_BATCH, PER_BATCH);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
    }

    @Test
    void aKillWhileAnswersAreReadCountsNoneTwice() throws Exception {
        BATCHES.follow(number -> number < 2 ? Course.COMPLETES : Course.TAKES_FOREVER);
        long job = client.started("/scoring-jobs", plan(""));
        ScoringClient.until(() -> count("llm_batch where ended_at is not null") == 2);
        client.post("/jobs/" + job + ":stop", "");
        client.ended(job);
        // What a kill leaves: a file of which some lines are settled and some are not.
        jdbc.sql("update llm_batch set ended_at = null").update();
        jdbc.sql(
                        "delete from judgment where key in (select judgment_key from llm_call where id % 3 = 0 and batch_id < 3)")
                .update();
        jdbc.sql("""
                update llm_call set state = 'IN_FLIGHT', settled_at = null, prompt_tokens = null, completion_tokens = null,
                  cost_usd = null where id % 3 = 0 and batch_id < 3""").update();

        client.post("/scoring-runs/1:cancel-batches", ""); // the third would go on for ever
        BATCHES.follow(number -> Course.COMPLETES);
        JsonNode result = client.restarted(job).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
        assertThat(count("llm_call where state = 'UNKNOWN'")).isZero();
    }

    @Test
    void aCreationWhoseAnswerIsLostIsFoundAndOutagesArePassedOver() throws Exception {
        BATCHES.loseCreations(2);
        BATCHES.failNext(4);

        JsonNode result = client.run("/scoring-jobs", plan("")).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.created()).isEqualTo(3);
        assertEveryQuestionWasAnsweredOnce();
    }

    @Test
    void cancelledBatchesKeepTheirAnswers() throws Exception {
        long job = stoppedWithOpenBatches();

        assertThat(json(client.post("/scoring-runs/1:cancel-batches", ""))
                        .at("/batches")
                        .asInt())
                .isEqualTo(3);
        assertThat(BATCHES.statuses()).containsOnly("cancelling");
        BATCHES.overAfter(1);
        JsonNode result = client.restarted(job).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(BATCHES.sizes()).as("the half that was not answered").endsWith(PER_BATCH, USERS / 2 - PER_BATCH);
        assertEveryQuestionWasAnsweredOnce();
        assertTheLedgerIsTheProvidersOwnCount();
        assertThat(client.post("/scoring-runs/77:cancel-batches", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void cancellingTheBatchesOfARunAtWorkStopsIt() throws Exception {
        BATCHES.follow(number -> Course.TAKES_FOREVER);
        long job = client.started("/scoring-jobs", plan(""));
        ScoringClient.until(() -> BATCHES.created() == 3);
        client.post("/scoring-runs/1:cancel-batches", "");

        JsonNode ended = client.ended(job);
        assertThat(ended.at("/status").asString()).isEqualTo("STOPPED");
        assertThat(ended.at("/lastError").asString()).contains("batches were cancelled");
        assertThat(count("judgment")).isEqualTo(USERS / 2);
        assertThat(count("llm_call where state = 'IN_FLIGHT'")).isZero();
    }

    @Test
    void aRefusedBatchIsTriedAgainAndARefusalForGoodFailsTheRun() throws Exception {
        BATCHES.follow(number -> number == 1 ? Course.FAILS : Course.COMPLETES);
        assertThat(client.run("/scoring-jobs", plan("")).at("/result/scored").asInt())
                .isEqualTo(USERS);
        assertEveryQuestionWasAnsweredOnce();

        BATCHES.follow(number -> Course.FAILS);
        JsonNode failed = client.ended(client.started("/scoring-jobs", plan(",\"seed\":2")));
        assertThat(failed.at("/status").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/lastError").asString()).contains("3 batches in a row", "token_limit_exceeded");
    }

    @Test
    void aLineThatTheProviderFailsOnToTheLastIsDeadLettered() throws Exception {
        STUB.follow((question, call, repair) -> switch (question % 4) {
            case 0 -> Manner.SERVER_ERROR;
            case 1 -> Manner.BAD_REQUEST;
            default -> Manner.GOOD;
        });
        JsonNode result =
                client.run("/scoring-jobs", plan(",\"permutations\":2")).at("/result");
        assertThat(result.at("/failures/PROVIDER_ERROR").asInt())
                .isPositive()
                .isEqualTo(USERS - result.at("/scored").asInt());
        assertEveryQuestionWasAnsweredOnce();

        STUB.follow((question, call, repair) -> Manner.WRONG_KEY);
        JsonNode failed = client.ended(client.started("/scoring-jobs", plan(",\"seed\":2")));
        assertThat(failed.at("/lastError").asString()).contains("HTTP 401", "DISCERN_LLM_API_KEY");
    }

    @Test
    void batchesHaveADeadlineAndOthersHaveNot() throws Exception {
        assertThat(json(client.post("/scoring-jobs", plan(",\"batchDeadline\":\"PT0S\"")))
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/batchDeadline");
        assertThat(json(client.post(
                                "/scoring-jobs",
                                plan(",\"batchDeadline\":\"PT1H\"").replace("batch\"", "chat\"")))
                        .at("/errors/0/pointer")
                        .asString())
                .isEqualTo("/batchDeadline");
    }

    /** A run whose three batches are at the provider, and its process gone from them. */
    private long stoppedWithOpenBatches() throws Exception {
        BATCHES.overAfter(1_000_000);
        long job = client.started("/scoring-jobs", plan(""));
        JsonNode running = client.until(
                job, resource -> resource.at("/progress/detail").asString("").startsWith("3 batches"));
        assertThat(running.at("/progress/detail").asString())
                .isEqualTo("3 batches: 0 done, 3 in progress; 0 of 120 answered, $0.0000 so far");
        client.post("/jobs/" + job + ":stop", "");
        assertThat(client.ended(job).at("/status").asString()).isEqualTo("STOPPED");
        assertThat(BATCHES.created()).isEqualTo(3);
        return job;
    }

    private static void assertEveryQuestionWasAnsweredOnce() {
        assertThat(BATCHES.charged().values()).isNotEmpty().containsOnly(1);
    }

    private void assertTheLedgerIsTheProvidersOwnCount() {
        assertThat(jdbc.sql("select sum(prompt_tokens) from llm_call")
                        .query(Long.class)
                        .single())
                .isEqualTo(STUB.promptTokens());
        assertThat(jdbc.sql("select sum(completion_tokens) from llm_call")
                        .query(Long.class)
                        .single())
                .isEqualTo(STUB.completionTokens());
        assertThat(count("llm_call where state = 'IN_FLIGHT'")).isZero();
        assertThat(count("llm_batch where ended_at is null")).isZero();
    }

    private static String plan(String more) {
        return "{\"judge\":\"batch\"," + QUOTAS + more + "}";
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }
}
