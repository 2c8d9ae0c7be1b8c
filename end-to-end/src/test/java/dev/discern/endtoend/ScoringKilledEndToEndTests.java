package dev.discern.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.cli.api.ServiceName;
import dev.discern.common.random.Seeds;
import dev.discern.common.testing.TestDatabase;
import dev.discern.scoring.testing.LlmStub;
import dev.discern.scoring.testing.LlmStub.Charge;
import dev.discern.scoring.testing.LlmStub.Manner;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The scoring service ends in the middle of paid calls: the restarted job pays again for what was in flight, and for nothing else. */
@Timeout(1200)
class ScoringKilledEndToEndTests {

    private static final int USERS = 2_000;
    private static final int CONCURRENCY = 16;
    private static final int KILLS = 3;
    private static final int LATENCY_MILLIS = 25;
    private static final int TICKS_BETWEEN_LOOKS = 2_000;
    private static final Map<String, Object> REQUEST =
            Map.of("judge", "chat", "quotas", Map.of("uniform", 4, "popular", 0, "tail", 0, "cold", 0));

    @TempDir
    private Path home;

    private final TestDatabase database = TestDatabase.empty();
    private final LlmStub stub = new LlmStub();
    private final Set<Integer> mended = ConcurrentHashMap.newKeySet();

    ScoringKilledEndToEndTests() {
        stub.answerAfter(LATENCY_MILLIS);
        stub.follow(this::manner);
    }

    @AfterEach
    void closeStub() {
        stub.close();
    }

    /** One answer in ten has to be mended, so that kills fall between an answer and its repair too. */
    private Manner manner(int question, int call, boolean repair) {
        if (question % 10 != 0 || repair) {
            return Manner.GOOD;
        }
        mended.add(question);
        return Manner.PROSE;
    }

    @Test
    void killsCostTheCallsInFlightAndNothingElse() throws Exception {
        SplittableRandom random = new Seeds(7).random("kills");
        long job = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            try (ServiceProcess service = start()) {
                job = kill == 1 ? begin(service) : restartFailed(service, job);
                awaitCalls(service, job, USERS * (kill - 1L) / KILLS + random.nextInt(100, USERS / KILLS));
                service.kill();
            }
        }
        try (ServiceProcess service = start()) {
            JsonNode result = service.completed(restartFailed(service, job));

            assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
            assertThat(stub.questions()).isEqualTo(USERS);
            long repeated = result.at("/chat/repeatedCalls").asLong();
            long calls = result.at("/calls").asLong();
            assertThat(repeated).isBetween(1L, (long) KILLS * CONCURRENCY);
            assertThat(result.at("/chat/unknownCalls").asLong()).isEqualTo(repeated);
            assertThat(calls).as("each question once, and what was in flight").isEqualTo(needed() + repeated);
            assertThat(stub.calls())
                    .as("of the calls in flight, some may have been written down and not sent yet")
                    .isBetween(calls - repeated, calls);
            assertThat(stub.repeatedQuestions()).isLessThanOrEqualTo(repeated + mended.size());
            assertBooksAgree(result);
        }
    }

    @Test
    void anEndInOrderWaitsForTheCallsInFlight() throws Exception {
        long job;
        try (ServiceProcess service = start()) {
            job = begin(service);
            awaitCalls(service, job, USERS / 3);
            service.terminate();
        }
        assertThat(count("llm_call where state = 'IN_FLIGHT'")).isZero();
        assertThat(stub.calls()).isLessThan(USERS);
        try (ServiceProcess service = start()) {
            assertThat(service.await(job, any -> true).at("/status").asString()).isEqualTo("STOPPED");

            JsonNode result = service.completed(service.restart(job));

            assertThat(result.at("/scored").asInt()).isEqualTo(USERS);
            assertThat(result.at("/chat/repeatedCalls").asLong()).isZero();
            assertThat(stub.calls()).isEqualTo(result.at("/calls").asLong()).isEqualTo(needed());
            assertThat(result.at("/promptTokens").asLong()).isEqualTo(stub.promptTokens());
            assertBooksAgree(result);
        }
    }

    private long needed() {
        return (long) USERS + mended.size();
    }

    /** To the token: what was charged for an answer that a kill lost is in the provider's books alone. */
    private void assertBooksAgree(JsonNode result) throws SQLException {
        List<Charge> charges = stub.lastCharges();
        assertThat(charges).hasSize((int) needed());
        assertThat(result.at("/promptTokens").asLong())
                .isEqualTo(charges.stream().mapToLong(Charge::promptTokens).sum());
        assertThat(result.at("/completionTokens").asLong())
                .isEqualTo(charges.stream().mapToLong(Charge::completionTokens).sum());
        assertThat(count("llm_call where state = 'ANSWERED'")).isEqualTo(needed());
        assertThat(
                        count(
                                "(select 1 from llm_call where state = 'ANSWERED' group by judgment_key, purpose having count(*) > 1) twice"))
                .isZero();
    }

    private ServiceProcess start() throws IOException, InterruptedException {
        return ServiceProcess.start(
                ServiceName.SCORING,
                home,
                database,
                Map.of(
                        "DISCERN_LLM_BASE_URL",
                        stub.baseUrl(),
                        "DISCERN_LLM_MODEL",
                        "gpt-4o-mini",
                        "DISCERN_LLM_LIMITS_CONCURRENCY",
                        Integer.toString(CONCURRENCY)));
    }

    private long begin(ServiceProcess service) throws SQLException {
        plantCatalog();
        return service.client()
                .post("/v1/admin/scoring-jobs", REQUEST, JsonNode.class)
                .at("/id")
                .asLong();
    }

    private static long restartFailed(ServiceProcess service, long job) throws InterruptedException {
        JsonNode found = service.await(job, any -> true);
        assertThat(found.at("/status").asString()).as(found.toString()).isEqualTo("FAILED");
        return service.restart(job);
    }

    /** Asks the service little: it is to be met at its work. */
    private void awaitCalls(ServiceProcess service, long job, long calls) throws InterruptedException {
        for (int tick = 0; stub.calls() < calls; tick++) {
            Thread.sleep(1);
            if (tick % TICKS_BETWEEN_LOOKS == 0) {
                JsonNode found = service.await(job, any -> true);
                assertThat(found.has("endedAt")).as(found.toString()).isFalse();
            }
        }
    }

    /** 2,000 users with six of 400 items each. */
    private void plantCatalog() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into app_user (external_id) select 'u' || n from generate_series(1, %d) n"
                    .formatted(USERS));
            statement.execute(
                    "insert into item (external_id, title) select 'i' || n, 'a film of its kind, no ' || n from generate_series(1, 400) n");
            statement.execute("""
                    insert into interaction (user_id, item_id, event_time)
                    select u.id, i.id, timestamptz '2024-01-01' + n * interval '1 day'
                    from app_user u cross join generate_series(1, 6) n
                    join item i on i.external_id = 'i' || 1 + (u.id * 7 + n * (61 + u.id % 5)) % 400""");
        }
    }

    private long count(String rows) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getLong(1);
        }
    }
}
