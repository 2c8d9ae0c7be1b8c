package dev.discern.common.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** Pairs have no foreign key, for speed: a trigger takes them away with their prompt. */
class PairsOfDeletedPromptsIntegrationTests {

    @Test
    void pairsGoWithTheirPromptHoweverItGoes() throws SQLException {
        try (Connection connection = TestDatabase.migrated().dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into app_user (external_id) values ('a'), ('b'), ('c')");
            statement.execute("""
                    insert into scoring_run (job_instance, judge, parameters, data_version, status)
                    select n, 'j', '{}', 'v', 'COMPLETED' from generate_series(1, 2) n""");
            statement.execute("""
                    insert into candidate_set
                    select r, u, '\\x00', '{}', 0, '{}', '{}', '{}' from generate_series(1, 2) r, generate_series(1, 3) u""");
            statement.execute("""
                    insert into pair_judgment
                    select r, u, 1, 2, 0.5, 1, 'uniform' from generate_series(1, 2) r, generate_series(1, 3) u""");

            statement.execute("delete from app_user where id = 2");
            assertThat(pairs(statement)).isEqualTo(4);
            statement.execute("delete from candidate_set where run_id = 1 and user_id = 1");
            assertThat(pairs(statement)).isEqualTo(3);
            statement.execute("delete from scoring_run where id = 2");
            assertThat(pairs(statement)).isEqualTo(1);
            statement.execute("truncate candidate_set cascade");
            assertThat(pairs(statement)).isZero();
        }
    }

    private static long pairs(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select count(*) from pair_judgment")) {
            row.next();
            return row.getLong(1);
        }
    }
}
