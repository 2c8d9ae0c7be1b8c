package dev.discern.common.db;

import dev.discern.common.judgment.AuditJudgment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/** Table {@code audit_judgment}: how each exam of a run went. */
public final class AuditJudgmentStore {

    private final DataSource dataSource;

    public AuditJudgmentStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Writes exams of run {@code runId} in the connection's transaction. */
    public void write(Connection connection, long runId, Collection<AuditJudgment> audits) throws SQLException {
        try (Copy copy = new Copy(
                connection,
                "audit_judgment (run_id, user_id, item_id, place, candidates, wins, popularity_wins, history_length, popularity)")) {
            for (AuditJudgment audit : audits) {
                copy.number(runId)
                        .number(audit.userId())
                        .number(audit.itemId())
                        .number(audit.place())
                        .number(audit.candidates())
                        .number(audit.wins())
                        .number(audit.popularityWins())
                        .number(audit.historyLength())
                        .number(audit.popularity())
                        .endRow();
            }
            copy.finish();
        }
    }

    /** Removes the exams of a run, in the connection's transaction. */
    public void delete(Connection connection, long runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("delete from audit_judgment where run_id = ?")) {
            statement.setLong(1, runId);
            statement.executeUpdate();
        }
    }

    /** Every exam of a run, by user. */
    public List<AuditJudgment> all(long runId) {
        String sql = """
                select user_id, item_id, place, candidates, wins, popularity_wins, history_length, popularity
                from audit_judgment where run_id = ? order by user_id""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            List<AuditJudgment> audits = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    audits.add(new AuditJudgment(
                            row.getLong(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getInt(4),
                            row.getFloat(5),
                            row.getFloat(6),
                            row.getInt(7),
                            row.getInt(8)));
                }
            }
            return audits;
        } catch (SQLException e) {
            throw new DatabaseException("reading the audit judgments of run " + runId, e);
        }
    }
}
