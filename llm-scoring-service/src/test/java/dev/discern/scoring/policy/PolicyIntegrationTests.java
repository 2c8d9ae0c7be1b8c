package dev.discern.scoring.policy;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.discern.common.artifact.Alias;
import dev.discern.common.artifact.Aliases;
import dev.discern.common.artifact.ArtifactWriter;
import dev.discern.common.data.IdIndex;
import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.LlmStub;
import dev.discern.scoring.testing.Models;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Policies with a judge that knows, and one that does not; one call at a time, so that the order of asking is that of the calls. */
@Timeout(300)
class PolicyIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 300;
    private static final int PILOT = 75;
    private static final String QUOTAS = "\"quotas\":{\"uniform\":6,\"popular\":0,\"tail\":0,\"cold\":0}";
    private static final Catalogs CATALOG = new Catalogs(USERS, 40);
    private static final String ITEMS = CATALOG.itemRows().replace("i0,\n", "i0,a thing\n");
    private static final LlmStub STUB = new LlmStub();

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @Value("${discern.artifacts}")
    private Path artifacts;

    @DynamicPropertySource
    static void llm(DynamicPropertyRegistry properties) {
        properties.add("discern.llm.base-url", STUB::baseUrl);
        properties.add("discern.llm.model", () -> "gpt-4o-mini");
        properties.add("discern.llm.max-completion-tokens", () -> 80);
        properties.add("discern.llm.limits.concurrency", () -> 1);
    }

    @AfterAll
    static void closeStub() {
        STUB.close();
    }

    @BeforeEach
    void catalog(@LocalServerPort int port) throws Exception {
        STUB.reset();
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, scoring_run, llm_call restart identity cascade")
                .update();
        client.importFiles(ITEMS, CATALOG.interactionRows());
    }

    @AfterEach
    void healthyAgain() {
        jdbc.sql("drop trigger if exists trouble on candidate_set").update();
    }

    @Test
    void aBudgetOfHalfTheEstimateBuysTheHalfThatIsExpectedToTellMost() throws Exception {
        STUB.scoreBy(knowing());
        JsonNode estimate = json(client.post("/scoring-jobs:estimate", gateBudget("")));
        assertThat(estimate.at("/pilotPrompts").asInt()).isEqualTo(PILOT);
        BigDecimal cap = estimate.at("/cost").decimalValue().divide(BigDecimal.TWO);

        JsonNode result =
                client.run("/scoring-jobs", gateBudget(",\"budgetUsd\":" + cap)).at("/result");

        assertThat(result.at("/status").asString()).isEqualTo("BUDGET_REACHED");
        assertThat(result.at("/pilot/better").asBoolean())
                .as(result.toPrettyString())
                .isTrue();
        assertThat(result.at("/cost").decimalValue())
                .isLessThanOrEqualTo(cap)
                .isGreaterThan(cap.multiply(new BigDecimal("0.8")))
                .isEqualByComparingTo(BigDecimal.valueOf(15 * STUB.promptTokens() + 60 * STUB.completionTokens(), 8));
        int scored = result.at("/scored").asInt();
        assertThat(scored).isGreaterThan(PILOT + 20).isLessThan(USERS - 20);
        assertThat(result.at("/undone").asInt()).isEqualTo(USERS - scored);
        assertThat(askedInOrder()).hasSize(scored).startsWith(Double.POSITIVE_INFINITY);
        assertThat(askedInOrder().subList(0, PILOT)).containsOnly(Double.POSITIVE_INFINITY);
        assertThat(askedInOrder().subList(PILOT, scored))
                .as("what was asked is the beginning of the order")
                .isEqualTo(jdbc.sql(
                                "select priority from candidate_set where pilot_inclusion is null order by priority desc limit ?")
                        .param(scored - PILOT)
                        .query(Double.class)
                        .list());
        assertThat(askedInOrder().getLast())
                .isPositive()
                .isGreaterThanOrEqualTo(jdbc.sql("""
                                select max(priority) from candidate_set s
                                where not exists (select from judgment j where j.key = s.judgment_key)""").query(Double.class).single());
        assertThat(count("(select distinct priority from candidate_set) d"))
                .as("priorities tell prompts apart")
                .isGreaterThan(USERS / 2);

        JsonNode rest = client.run("/scoring-jobs", gateBudget("")).at("/result");
        assertThat(rest.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(rest.at("/resumedFrom").asInt()).isEqualTo(scored);
        assertThat(rest.at("/pilot")).as("the same pilot, already answered").isEqualTo(result.at("/pilot"));
        assertThat(STUB.calls()).isEqualTo(USERS);
        assertThat(STUB.repeatedQuestions()).isZero();
    }

    @Test
    void theOrderIsThatOfExpectedInformationByTheFittedGate() throws Exception {
        // The judge knows the held-out item of users with four training items, and nothing of those with three.
        LlmStub.Scorer knowing = knowing();
        STUB.scoreBy((question, candidate) -> historyOf(question).lines().count() == 4
                ? knowing.score(question, candidate)
                : Math.floorMod((question + candidate).hashCode(), 101));

        JsonNode result =
                client.run("/scoring-jobs", gateBudget(",\"force\":true")).at("/result");

        assertThat(coefficient(result, "g1"))
                .as("the gate opens with the history")
                .isPositive();
        assertThat(result.at("/pilot/logLoss").asDouble())
                .isLessThan(result.at("/pilot/logLossJudgeFree").asDouble());
        assertThat(meanPriority(4)).isGreaterThan(meanPriority(3));
    }

    @Test
    void aJudgeThatKnowsNothingStopsAfterThePilotUnlessForced() throws Exception {
        JsonNode stopped = client.run("/scoring-jobs", gateBudget("")).at("/result");

        assertThat(stopped.at("/status").asString()).isEqualTo("JUDGE_NO_BETTER");
        assertThat(STUB.calls()).isEqualTo(PILOT);
        assertThat(stopped.at("/scored").asInt()).isEqualTo(PILOT);
        assertThat(stopped.at("/undone").asInt()).isEqualTo(USERS - PILOT);
        assertThat(stopped.at("/pilot/prompts").asInt()).isEqualTo(PILOT);
        assertThat(stopped.at("/pilot/judgeAccuracy/pairAccuracy").asDouble()).isEqualTo(0.5, within(0.1));
        assertThat(stopped.at("/pilot/encoder/pairAccuracy").asDouble()).isGreaterThan(0.6);
        assertThat(stopped.at("/pilot/gate")).hasSizeGreaterThanOrEqualTo(6);
        assertThat(stopped.at("/pilot/explanation").asString())
                .contains(
                        "better than popularity", "worse than the encoder e5-small-v2-q", "with force the run goes on");
        assertThat(json(client.get("/scoring-runs")).at("/0/status").asString()).isEqualTo("JUDGE_NO_BETTER");

        JsonNode forced =
                client.run("/scoring-jobs", gateBudget(",\"force\":true")).at("/result");
        assertThat(forced.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(forced.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(forced.at("/resumedFrom").asInt()).isEqualTo(PILOT);
        assertThat(forced.at("/pilot/explanation").asString()).contains("asked on all the same");
        assertThat(STUB.calls()).isEqualTo(USERS);

        JsonNode again =
                client.run("/scoring-jobs", gateBudget(",\"pairsPerUser\":5")).at("/result");
        assertThat(again.at("/status").asString()).as("nobody is left to ask").isEqualTo("COMPLETED");
        assertThat(STUB.calls()).isEqualTo(USERS);
    }

    @Test
    void aBudgetThatDoesNotReachThroughThePilotEndsThere() throws Exception {
        STUB.scoreBy(knowing());

        JsonNode result = client.run("/scoring-jobs", gateBudget(",\"budgetTokens\":20000"))
                .at("/result");

        assertThat(result.at("/status").asString()).isEqualTo("BUDGET_REACHED");
        assertThat(result.at("/scored").asInt()).isBetween(5, PILOT - 1);
        assertThat(askedInOrder()).containsOnly(Double.POSITIVE_INFINITY);
        assertThat(result.at("/promptTokens").asInt()
                        + result.at("/completionTokens").asInt())
                .isLessThanOrEqualTo(20_000);
    }

    @Test
    void stopsInThePilotAndAfterItChangeNeitherPilotNorOrder() throws Exception {
        STUB.scoreBy(knowing());
        STUB.answerAfter(10);
        long job = client.started("/scoring-jobs", gateBudget(""));
        ScoringClient.until(() -> STUB.calls() > 20);
        client.post("/jobs/" + job + ":stop", "");
        assertThat(client.ended(job).at("/status").asString()).isEqualTo("STOPPED");
        assertThat(STUB.calls()).isLessThan(PILOT);
        assertThat(count("candidate_set where priority > 0 and pilot_inclusion is null"))
                .isZero();
        List<Long> pilot = pilot();

        long again =
                json(client.post("/jobs/" + job + ":restart", "")).at("/id").asLong();
        ScoringClient.until(() -> STUB.calls() > PILOT + 40);
        client.post("/jobs/" + again + ":stop", "");
        JsonNode stopped = client.ended(again);
        assertThat(stopped.at("/status").asString()).isEqualTo("STOPPED");
        assertThat(STUB.calls()).isLessThan(USERS);
        List<Double> order = priorities();

        JsonNode result = client.restarted(again).at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
        assertThat(pilot()).isEqualTo(pilot).hasSize(PILOT);
        assertThat(priorities()).isEqualTo(order);
        assertThat(askedInOrder()).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(STUB.repeatedQuestions()).isZero();
        assertThat(STUB.calls()).isEqualTo(USERS);
        assertThat(result.at("/pilot/prompts").asInt()).isEqualTo(PILOT);
    }

    @Test
    void aFailureWhileOrderingLeavesNothingHalfOrderedAndAsksNobodyTwice() throws Exception {
        STUB.scoreBy(knowing());
        jdbc.sql("""
                create or replace function trouble() returns trigger language plpgsql as $$
                begin
                  if new.pilot_inclusion is null and new.priority > 0 and new.user_id > 200 then
                    raise exception 'disk full';
                  end if;
                  return new;
                end $$""").update();
        jdbc.sql("create trigger trouble before update on candidate_set for each row execute function trouble()")
                .update();
        long job = client.started("/scoring-jobs", gateBudget(""));
        JsonNode failed = client.ended(job);
        assertThat(failed.at("/status").asString()).isEqualTo("FAILED");
        assertThat(failed.at("/lastError").asString()).contains("disk full");
        assertThat(STUB.calls()).isEqualTo(PILOT);
        assertThat(count("candidate_set where priority > 0 and pilot_inclusion is null"))
                .isZero();
        healthyAgain();

        JsonNode restarted = client.restarted(job);

        assertThat(restarted.at("/steps/0/name").asString()).isEqualTo("order");
        assertThat(restarted.at("/result/scored").asInt()).isEqualTo(USERS);
        assertThat(STUB.repeatedQuestions()).isZero();
        assertThat(askedInOrder()).isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void thePolicyCanBeTriedForNothingWithTheEmbeddedJudgeAndHearsThePublishedModel() throws Exception {
        IdIndex users = ids("u", USERS);
        IdIndex items = ids("i", 40);
        new ArtifactWriter(artifacts).write(Models.random("v1", users, items, 4, new SplittableRandom(1)));
        new Aliases(artifacts).point(Alias.CHAMPION, "v1");
        try {
            JsonNode result = client.run("/scoring-jobs", "{\"policy\":\"gate-budget\"," + QUOTAS + "}")
                    .at("/result");

            assertThat(result.at("/status").asString())
                    .as(result.toPrettyString())
                    .isEqualTo("COMPLETED");
            assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
            assertThat(result.at("/pilot/prompts").asInt()).isEqualTo(PILOT);
            assertThat(result.at("/pilot/encoder").isMissingNode())
                    .as("the encoder is the judge")
                    .isTrue();
            assertThat(result.at("/pilot/model").asString()).isEqualTo("v1");
            assertThat(result.at("/pilot/gate")
                            .valueStream()
                            .map(c -> c.at("/name").asString()))
                    .containsExactly("a", "f1", "f2", "f3", "g0", "g1", "g2", "g3");
            assertThat(count("candidate_set where priority > 0 and pilot_inclusion is null"))
                    .isPositive();
        } finally {
            Files.delete(artifacts.resolve("aliases/champion"));
        }
    }

    @Test
    void coldTailAsksAboutThePapersTwoSetsAndExaminesInEachPrompt() throws Exception {
        JsonNode result = client.run("/scoring-jobs", "{\"judge\":\"chat\",\"policy\":\"cold-tail\",\"users\":100}")
                .at("/result");

        assertThat(result.at("/scored").asInt()).isEqualTo(100);
        assertThat(result.at("/auditPrompts").asInt()).isEqualTo(100);
        assertThat(count("candidate_set where history_length <= 3 and sources <@ array['cold', 'audit']"))
                .isEqualTo(50);
        assertThat(count("candidate_set where history_length > 3 and sources <@ array['tail', 'audit']"))
                .isEqualTo(50);
        assertThat(count("candidate_set where 'audit' = any(sources)")).isEqualTo(100);
        assertThat(count("pair_judgment where source = 'cold'")).isPositive();
        assertThat(count("pair_judgment where source = 'tail'")).isPositive();
        assertThat(STUB.calls()).isEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'policy':'some' | /policy | unknown policy 'some'; known are all, cold-tail, gate-budget",
                "'force':true | /force | force is for policy gate-budget, which alone may stop after its pilot",
                "'policy':'cold-tail',QUOTAS | /quotas | policy cold-tail brings its own quotas",
            })
    void refusesWhatCannotBe(String request, String pointer, String message) throws Exception {
        HttpResponse<String> answer = client.post(
                "/scoring-jobs", ("{" + request + "}").replace('\'', '"').replace("QUOTAS", QUOTAS));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(json(answer).at("/errors/0/message").asString()).isEqualTo(message);
    }

    @Test
    void theRecordedJudgeHasNoPolicy() throws Exception {
        String upload = client.upload("answers.jsonl", "{}\n");

        HttpResponse<String> answer = client.post(
                "/scoring-jobs",
                "{\"judge\":\"recorded\",\"judgments\":\"%s\",\"policy\":\"gate-budget\"}".formatted(upload));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/policy");
    }

    private static String gateBudget(String more) {
        return "{\"judge\":\"chat\",\"policy\":\"gate-budget\"," + QUOTAS + more + "}";
    }

    /** Puts the held-out item first, and orders the others by their texts. */
    private static LlmStub.Scorer knowing() {
        Map<String, String> audits = CATALOG.auditByHistory();
        return (question, candidate) ->
                candidate.equals(audits.get(historyOf(question))) ? 100 : Math.floorMod(candidate.hashCode(), 80);
    }

    private static String historyOf(String question) {
        int from = question.indexOf("newest last:\n") + "newest last:\n".length();
        return question.substring(from, question.indexOf("\n\nCandidates:"));
    }

    private static IdIndex ids(String prefix, int count) {
        return IdIndex.of(IntStream.range(0, count).mapToObj(n -> prefix + n).toList());
    }

    /** The priorities of the prompts that were asked, in the order of the calls. */
    private List<Double> askedInOrder() {
        return jdbc.sql("""
                select s.priority from llm_call c join candidate_set s on s.run_id = c.run_id and s.user_id = c.user_id
                order by c.id""").query(Double.class).list();
    }

    private List<Double> priorities() {
        return jdbc.sql("select priority from candidate_set order by user_id")
                .query(Double.class)
                .list();
    }

    private List<Long> pilot() {
        return jdbc.sql("select user_id from candidate_set where pilot_inclusion is not null order by user_id")
                .query(Long.class)
                .list();
    }

    private double meanPriority(int historyLength) {
        return jdbc.sql("select avg(priority) from candidate_set where history_length = ? and pilot_inclusion is null")
                .param(historyLength)
                .query(Double.class)
                .single();
    }

    private static double coefficient(JsonNode result, String name) {
        return result.at("/pilot/gate")
                .valueStream()
                .filter(c -> c.at("/name").asString().equals(name))
                .findFirst()
                .orElseThrow()
                .at("/value")
                .asDouble();
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }
}
