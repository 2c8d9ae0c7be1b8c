package dev.discern.scoring.job;

import static dev.discern.scoring.testing.ScoringClient.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.scoring.testing.Catalogs;
import dev.discern.scoring.testing.ScoringClient;
import dev.discern.scoring.testing.ScoringServiceTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A job that ends in the middle goes on where it was: 700 prompts are asked in chunks of 500. */
class ScoringRestartIntegrationTests extends ScoringServiceTest {

    private static final int USERS = 700;
    private static final int CHUNK = 500;
    private static final String FIRST_CHUNK =
            "user_id <= (select user_id from candidate_set order by user_id offset %d limit 1)".formatted(CHUNK - 1);
    private static final String PLAN =
            "{\"encoder\":\"all-minilm-l6-v2-q\",\"pairsPerUser\":3,\"quotas\":{\"uniform\":4,\"popular\":0,\"tail\":0,\"cold\":0}}";

    private ScoringClient client;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private DataSource dataSource;

    @BeforeEach
    void catalog(@LocalServerPort int port) throws Exception {
        client = new ScoringClient(port);
        jdbc.sql("truncate interaction, app_user, item, item_vector, scoring_run restart identity cascade")
                .update();
        Catalogs catalog = new Catalogs(USERS, 40);
        client.importFiles(catalog.itemRows(), catalog.interactionRows());
    }

    @AfterEach
    void healthyAgain() {
        for (String table : new String[] {"judgment", "audit_judgment", "candidate_set"}) {
            jdbc.sql("drop trigger if exists trouble on " + table).update();
        }
    }

    @Test
    void aFailureWhileAskingLosesNoCommittedAnswerAndAsksNothingTwice() throws Exception {
        trouble("judgment", "if new.user_id = 600 then raise exception 'disk full'; end if;");
        long failed = client.started("/scoring-jobs", PLAN);
        JsonNode job = client.ended(failed);
        assertThat(job.at("/status").asString()).isEqualTo("FAILED");
        assertThat(job.at("/lastError").asString()).contains("disk full");
        assertThat(count("judgment")).isEqualTo(CHUNK);
        assertThat(count("pair_judgment")).isZero();
        String before = answersOfTheFirstChunk();
        healthyAgain();

        JsonNode restarted = client.restarted(failed);

        assertThat(answersOfTheFirstChunk()).isEqualTo(before);
        assertThat(count("judgment")).isEqualTo(USERS).isEqualTo(count("candidate_set"));
        assertThat(restarted.at("/steps/0/name").asString())
                .as("what was done is not done again")
                .isEqualTo("judge");
        assertThat(restarted.at("/result/resumedFrom").asLong())
                .isEqualTo(count("judgment where scores is not null and " + FIRST_CHUNK));
        assertThat(restarted.at("/result/prompts").asLong()).isEqualTo(USERS);
        assertThat(count("scoring_run")).isEqualTo(1);
        assertThat(count("audit_judgment")).isEqualTo(count("judgment where scores is not null"));
    }

    @Test
    void aFailureWhileDrawingLeavesNothingHalfDrawn() throws Exception {
        trouble("candidate_set", "if new.user_id = 600 then raise exception 'disk full'; end if;");
        long failed = client.started("/scoring-jobs", PLAN);
        assertThat(client.ended(failed).at("/status").asString()).isEqualTo("FAILED");
        assertThat(count("candidate_set")).isZero();
        healthyAgain();

        assertThat(client.restarted(failed).at("/result/prompts").asLong()).isEqualTo(USERS);
        assertThat(count("scoring_run")).isEqualTo(1);
    }

    @Test
    void pairsAndExamsAreWrittenTogetherOrNotAtAll() throws Exception {
        trouble("audit_judgment", "if new.user_id = 600 then raise exception 'disk full'; end if;");
        long failed = client.started("/scoring-jobs", PLAN);
        assertThat(client.ended(failed).at("/status").asString()).isEqualTo("FAILED");
        assertThat(count("judgment")).isEqualTo(USERS);
        assertThat(count("pair_judgment")).isZero();
        healthyAgain();

        JsonNode restarted = client.restarted(failed);

        assertThat(restarted.at("/steps/0/name").asString()).isEqualTo("derive-pairs");
        assertThat(restarted.at("/result/pairs").asLong())
                .isEqualTo(3 * count("judgment where scores is not null"))
                .isEqualTo(count("pair_judgment"));
    }

    @Test
    void aStopTakesEffectAfterTheChunkAndARestartAsksTheRest() throws Exception {
        trouble("judgment", "perform pg_advisory_xact_lock(4711);");
        long job;
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(4711)");
            job = client.started("/scoring-jobs", PLAN);
            waitUntilSomebodyWaitsForTheLock();
            assertThat(json(client.post("/jobs/" + job + ":stop", ""))
                            .at("/status")
                            .asString())
                    .isEqualTo("STOPPING");
            statement.execute("select pg_advisory_unlock(4711)");
        }
        assertThat(client.ended(job).at("/status").asString()).isEqualTo("STOPPED");
        assertThat(count("judgment")).isEqualTo(CHUNK);
        String before = answersOfTheFirstChunk();

        JsonNode restarted = client.restarted(job);

        assertThat(count("judgment")).isEqualTo(USERS);
        assertThat(answersOfTheFirstChunk()).isEqualTo(before);
        assertThat(restarted.at("/result/prompts").asLong()).isEqualTo(USERS);
    }

    private void trouble(String table, String body) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create or replace function trouble() returns trigger language plpgsql as $$
                    begin %s return new; end $$""".formatted(body));
            statement.execute("create trigger trouble before insert on %s for each row execute function trouble()"
                    .formatted(table));
        }
    }

    private void waitUntilSomebodyWaitsForTheLock() throws InterruptedException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (count("pg_locks where locktype = 'advisory' and not granted") == 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private String answersOfTheFirstChunk() {
        return jdbc.sql("select string_agg(key::text || created_at || xmin, ' ' order by key) from judgment where "
                        + FIRST_CHUNK)
                .query(String.class)
                .single();
    }

    private long count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Long.class).single();
    }
}
