package dev.discern.common.db;

import dev.discern.common.judgment.CandidateSet;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** In which order the prompts of a run are asked: columns {@code priority} and {@code pilot_inclusion} of {@code candidate_set}. */
public final class AskingOrderStore {

    private static final int FETCH_ROWS = 2_000;
    private static final int ROWS_PER_UPDATE = 10_000;

    private final DataSource dataSource;

    public AskingOrderStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Hands every prompt of the run, by user, to {@code consumer}. */
    public void forEachSet(long runId, Consumer<CandidateSet> consumer) {
        String sql = """
                select user_id, history, history_length, candidates, sources, inclusion
                from candidate_set where run_id = ? order by user_id""";
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false); // the driver streams only inside a transaction
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                statement.setLong(1, runId);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(JudgmentStore.candidateSet(rows));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading the prompts of run " + runId, e);
        }
    }

    /** The users of the run's pilot, each with the probability with which its draw took them; empty before it was drawn. */
    public Map<Long, Double> pilot(long runId) {
        String sql =
                "select user_id, pilot_inclusion from candidate_set where run_id = ? and priority = 'Infinity' order by user_id";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            Map<Long, Double> pilot = new TreeMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    pilot.put(rows.getLong(1), rows.getDouble(2));
                }
            }
            return pilot;
        } catch (SQLException e) {
            throw new DatabaseException("reading the pilot of run " + runId, e);
        }
    }

    /** Puts these users' prompts first, in the connection's transaction. */
    public void writePilot(Connection connection, long runId, Map<Long, Double> inclusionByUser) throws SQLException {
        update(connection, """
                update candidate_set s set priority = 'Infinity', pilot_inclusion = v.value
                from unnest(?::bigint[], ?::double precision[]) v (user_id, value)
                where s.run_id = ? and s.user_id = v.user_id""", runId, inclusionByUser);
    }

    /** Puts the other prompts in order, the highest priority first, in the connection's transaction; the pilot stays where it is. */
    public void writePriorities(Connection connection, long runId, Map<Long, Double> priorityByUser)
            throws SQLException {
        update(connection, """
                update candidate_set s set priority = v.value
                from unnest(?::bigint[], ?::double precision[]) v (user_id, value)
                where s.run_id = ? and s.user_id = v.user_id and s.pilot_inclusion is null""", runId, priorityByUser);
    }

    private static void update(Connection connection, String sql, long runId, Map<Long, Double> byUser)
            throws SQLException {
        List<Long> users = new ArrayList<>(byUser.keySet());
        List<Double> values = new ArrayList<>(byUser.values());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int from = 0; from < users.size(); from += ROWS_PER_UPDATE) {
                int to = Math.min(users.size(), from + ROWS_PER_UPDATE);
                statement.setArray(
                        1,
                        connection.createArrayOf(
                                "bigint", users.subList(from, to).toArray()));
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "float8", values.subList(from, to).toArray()));
                statement.setLong(3, runId);
                statement.executeUpdate();
            }
        }
    }
}
