package dev.discern.training.dataset;

import dev.discern.common.db.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** What training must know of a scoring run before it learns from it; the scoring service writes them. */
public final class ScoringRunReader {

    private static final String RUNNING = "RUNNING";

    private final DataSource dataSource;

    public ScoringRunReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Whether a run is over, at its end or at its budget; empty when there is no such run. */
    public Optional<Boolean> isCompleted(long runId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select status from scoring_run where id = ?")) {
            statement.setLong(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(!RUNNING.equals(row.getString(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading scoring run " + runId, e);
        }
    }

    /** The name of the judge whom a run asked; empty when there is no such run. */
    public Optional<String> judge(long runId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select judge from scoring_run where id = ?")) {
            statement.setLong(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading scoring run " + runId, e);
        }
    }

    /** The newest run that is over; empty when there is none. */
    public Optional<Long> newestCompleted() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("select max(id) from scoring_run where status <> ?")) {
            statement.setString(1, RUNNING);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long newest = row.getLong(1);
                return row.wasNull() ? Optional.empty() : Optional.of(newest);
            }
        } catch (SQLException e) {
            throw new DatabaseException("looking for the newest scoring run", e);
        }
    }
}
