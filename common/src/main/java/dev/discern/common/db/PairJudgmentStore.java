package dev.discern.common.db;

import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.PairJudgment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Table {@code pair_judgment}: scoring writes a run's pairs, training streams them. */
public final class PairJudgmentStore {

    private static final int FETCH_ROWS = 10_000;

    private final DataSource dataSource;

    public PairJudgmentStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Writes pairs of run {@code runId} in the connection's transaction. */
    public void write(Connection connection, long runId, Collection<PairJudgment> pairs) throws SQLException {
        try (Copy copy = new Copy(
                connection, "pair_judgment (run_id, user_id, preferred, other, margin, consistency, source)")) {
            for (PairJudgment pair : pairs) {
                copy.number(runId)
                        .number(pair.userId())
                        .number(pair.preferred())
                        .number(pair.other())
                        .number(pair.margin())
                        .number(pair.consistency())
                        .text(pair.source().name().toLowerCase(Locale.ROOT))
                        .endRow();
            }
            copy.finish();
        }
    }

    /** Removes the pairs of a run, in the connection's transaction. */
    public void delete(Connection connection, long runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from pair_judgment where run_id = ?")) {
            statement.setLong(1, runId);
            statement.executeUpdate();
        }
    }

    /** Hands every pair of the run whose source is one of {@code sources} to {@code consumer}, in key order. */
    public void forEach(long runId, Set<CandidateSource> sources, Consumer<PairJudgment> consumer) {
        String sql = """
                select user_id, preferred, other, margin, consistency, source from pair_judgment
                where run_id = ? and source = any (?) order by user_id, preferred, other""";
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false); // the driver streams only inside a transaction
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                statement.setLong(1, runId);
                statement.setArray(
                        2,
                        connection.createArrayOf(
                                "text",
                                sources.stream()
                                        .map(source -> source.name().toLowerCase(Locale.ROOT))
                                        .toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(new PairJudgment(
                                rows.getLong(1),
                                rows.getLong(2),
                                rows.getLong(3),
                                rows.getFloat(4),
                                rows.getFloat(5),
                                CandidateSource.valueOf(rows.getString(6).toUpperCase(Locale.ROOT))));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading the pair judgments of run " + runId, e);
        }
    }
}
