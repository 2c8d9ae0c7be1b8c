package dev.discern.scoring.chat;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.LlmStub;
import dev.discern.scoring.testing.LlmStub.Manner;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** Many prompts and an endpoint that misbehaves in every way: none is lost, and the ledger is the provider's own count. */
@Timeout(300)
class UnreliableProviderIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 2_000;
    private static final Catalogs CATALOG = new Catalogs(USERS, 400);
    private static final LlmStub STUB = new LlmStub();

    /** Each for one question in as many; the hang is rare, since it takes as long as the timeout. */
    private static final Manner[] MANNERS = {
        Manner.SLOW,
        Manner.RATE_LIMITED,
        Manner.RATE_LIMITED_UNSAID,
        Manner.SERVER_ERROR,
        Manner.BAD_REQUEST,
        Manner.DROPPED,
        Manner.HALF_BODY,
        Manner.HALF_ANSWER,
        Manner.PROSE,
        Manner.SUBSET,
        Manner.WRONG_CODE,
        Manner.TEXT_NUMBERS,
        Manner.REFUSAL,
        Manner.TRUNCATED,
        Manner.NO_USAGE
    };

    private static final int SILENT_IN = 150;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void llm(DynamicPropertyRegistry properties) {
        properties.add("discern.llm.base-url", STUB::baseUrl);
        properties.add("discern.llm.model", () -> "gpt-4o-mini");
        properties.add("discern.llm.max-completion-tokens", () -> 60);
        properties.add("discern.llm.limits.concurrency", () -> 32);
        properties.add("discern.llm.timeouts.first-byte", () -> "4s");
        properties.add("discern.llm.timeouts.answer", () -> "20s");
        properties.add("discern.llm.retry.attempts", () -> 3);
        properties.add("discern.llm.retry.first-delay", () -> "1ms");
        properties.add("discern.llm.retry.max-delay", () -> "5ms");
    }

    @AfterAll
    static void closeStub() {
        STUB.close();
    }

    @Test
    void everyPromptIsScoredOrDeadLetteredAndTheLedgerIsTheProvidersOwnCount(@LocalServerPort int port)
            throws Exception {
        ScoringClient client = new ScoringClient(port);
        client.importFiles(CATALOG.itemRows().replace("i0,\n", "i0,a thing\n"), CATALOG.interactionRows());
        STUB.follow(UnreliableProviderIntegrationTests::manner);

        JsonNode result = client.run(
                        "/scoring-jobs",
                        "{\"judge\":\"chat\",\"quotas\":{\"uniform\":4,\"popular\":0,\"tail\":0,\"cold\":0}}")
                .at("/result");

        assertThat(result.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(STUB.questions()).isEqualTo(USERS);
        assertThat(result.at("/prompts").asInt()).isEqualTo(USERS);
        assertThat(result.at("/undone").asInt()).isZero();
        assertThat(result.at("/scored").asInt() + result.at("/failed").asInt()).isEqualTo(USERS);
        assertThat(result.at("/scored").asInt()).isGreaterThan(USERS / 2);
        assertThat(result.at("/failures").propertyNames())
                .containsExactlyInAnyOrder(
                        FailureReason.RATE_LIMITED.name(),
                        FailureReason.PROVIDER_ERROR.name(),
                        FailureReason.TIMED_OUT.name(),
                        FailureReason.MALFORMED_ANSWER.name(),
                        FailureReason.INCOMPLETE_ANSWER.name(),
                        FailureReason.UNKNOWN_CANDIDATE.name(),
                        FailureReason.SCORE_OUT_OF_RANGE.name(),
                        FailureReason.REFUSED.name(),
                        FailureReason.TRUNCATED.name());
        assertThat(result.at("/calls").asLong()).isEqualTo(STUB.calls()).isEqualTo(count("llm_call"));
        assertThat(result.at("/promptTokens").asLong()).isEqualTo(STUB.promptTokens());
        assertThat(result.at("/completionTokens").asLong()).isEqualTo(STUB.completionTokens());
        assertThat(result.at("/cost").decimalValue())
                .isEqualByComparingTo(BigDecimal.valueOf(15 * STUB.promptTokens() + 60 * STUB.completionTokens(), 8));
        assertThat(result.at("/chat/unknownCalls").asLong())
                .isEqualTo(STUB.untoldCharges())
                .isPositive();
        assertThat(result.at("/chat/repeatedCalls").asLong()).isZero();
        assertThat(count("llm_call where state = 'IN_FLIGHT'")).isZero();

        List<JsonNode> failures = failures(client);
        assertThat(failures).hasSize(result.at("/failed").asInt());
        assertThat(failures)
                .allSatisfy(
                        failure -> assertThat(failure.at("/detail").asString()).isNotBlank());
        assertThat(failures)
                .filteredOn(failure -> failure.at("/reason").asString().equals("INCOMPLETE_ANSWER"))
                .allSatisfy(failure -> {
                    assertThat(failure.at("/answer").asString()).startsWith("{\"B\":");
                    assertThat(failure.at("/detail").asString()).contains("no score for A");
                    assertThat(failure.at("/calls").asInt()).isEqualTo(2);
                });
    }

    /** Half of the questions go well; half of the others do from their second call on. */
    private static Manner manner(int question, int call, boolean repair) {
        Manner manner = question % SILENT_IN == 0 ? Manner.SILENT : MANNERS[question % MANNERS.length];
        int fate = question / SILENT_IN % 4;
        return fate >= 2 || (fate == 1 && call > 1) ? Manner.GOOD : manner;
    }

    private List<JsonNode> failures(ScoringClient client) throws Exception {
        long run = jdbc.sql("select id from scoring_run").query(Long.class).single();
        List<JsonNode> failures = new ArrayList<>();
        for (long cursor = 0; ; ) {
            JsonNode page = json(client.get("/scoring-runs/%d/failures?limit=500&cursor=%d".formatted(run, cursor)));
            page.at("/failures").forEach(failures::add);
            if (!page.hasNonNull("nextCursor")) {
                return failures;
            }
            cursor = page.at("/nextCursor").asLong();
        }
    }

    private long count(String rows) {
        return jdbc.sql("select count(*) from " + rows).query(Long.class).single();
    }
}
