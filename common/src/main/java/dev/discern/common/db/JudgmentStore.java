package dev.discern.common.db;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.Judgment;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Tables {@code candidate_set} and {@code judgment}: scoring writes what was asked and answered, training reads it. */
public final class JudgmentStore {

    private static final int FETCH_ROWS = 2_000;

    private final DataSource dataSource;

    public JudgmentStore(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Hands every scored prompt of the run, by user, to {@code consumer}; failed ones are left out. */
    public void forEachScored(long runId, BiConsumer<CandidateSet, Judgment.Scored> consumer) {
        String sql = """
                select s.user_id, s.history, s.history_length, s.candidates, s.sources, s.inclusion, j.scores, j.consistency
                from candidate_set s join judgment j on j.key = s.judgment_key
                where s.run_id = ? and j.scores is not null order by s.user_id""";
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false); // the driver streams only inside a transaction
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(FETCH_ROWS);
                statement.setLong(1, runId);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        consumer.accept(candidateSet(rows), scored(rows));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new DatabaseException("reading the judgments of run " + runId, e);
        }
    }

    private static CandidateSet candidateSet(ResultSet row) throws SQLException {
        Long[] items = (Long[]) row.getArray(4).getArray();
        String[] sources = (String[]) row.getArray(5).getArray();
        Double[] inclusion = (Double[]) row.getArray(6).getArray();
        List<Candidate> candidates = new ArrayList<>(items.length);
        for (int position = 0; position < items.length; position++) {
            candidates.add(new Candidate(
                    items[position],
                    CandidateSource.valueOf(sources[position].toUpperCase(Locale.ROOT)),
                    inclusion[position]));
        }
        return new CandidateSet(
                row.getLong(1), List.of((Long[]) row.getArray(2).getArray()), row.getInt(3), candidates);
    }

    private static Judgment.Scored scored(ResultSet row) throws SQLException {
        return new Judgment.Scored(List.of((Float[]) row.getArray(7).getArray()), row.getFloat(8));
    }
}
