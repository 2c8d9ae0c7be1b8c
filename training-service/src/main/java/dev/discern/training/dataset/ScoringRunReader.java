package dev.discern.training.dataset;

import dev.discern.common.db.DatabaseException;
import dev.discern.common.judgment.CandidateSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
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

    /**
     * The newest run that is over and has pairs of a kind; empty when there is none.
     *
     * @param rescue whether those of a rescue candidate and a model candidate are asked for, or the others
     */
    public Optional<Long> newestCompleted(boolean rescue) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        select id from scoring_run run
                        where status <> ?
                          and exists (select 1 from pair_judgment where run_id = run.id and (source = ?) = ?)
                        order by id desc limit 1""")) {
            statement.setString(1, RUNNING);
            statement.setString(2, CandidateSource.RESCUE.name().toLowerCase(Locale.ROOT));
            statement.setBoolean(3, rescue);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new DatabaseException("looking for the newest scoring run", e);
        }
    }
}
