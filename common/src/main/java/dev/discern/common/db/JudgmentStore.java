package dev.discern.common.db;

import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.CandidateSource;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /**
     * SHA-256, in hexadecimal, of what the run's scored prompts teach: for each, in the order of keys, the key (which stands for the
     * user's history, the candidates, the prompt and the judge), the scores, their consistency, and where the candidates came from.
     * Empty when none was scored. Two runs of equal answers have equal hashes, whatever their numbers.
     */
    public Optional<String> hash(long runId) {
        String sql = """
                select encode(sha256(string_agg(sha256(convert_to(concat_ws('|', encode(s.judgment_key, 'hex'), j.scores::text,
                           j.consistency::text, s.sources::text, s.inclusion::text), 'UTF8')),
                         ''::bytea order by s.judgment_key, s.user_id)), 'hex')
                from candidate_set s join judgment j on j.key = s.judgment_key
                where s.run_id = ? and j.scores is not null""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.ofNullable(row.getString(1));
            }
        } catch (SQLException e) {
            throw new DatabaseException("hashing the judgments of run " + runId, e);
        }
    }

    /** Writes the prompts of a run with the keys of their answers, in the connection's transaction. */
    public void writeSets(Connection connection, long runId, List<KeyedSet> sets) throws SQLException {
        try (Copy copy = new Copy(
                connection,
                "candidate_set (run_id, user_id, judgment_key, history, history_length, candidates, sources, inclusion)")) {
            for (KeyedSet keyed : sets) {
                CandidateSet set = keyed.set();
                copy.number(runId)
                        .number(set.userId())
                        .binary(keyed.key())
                        .raw(array(set.history(), Object::toString))
                        .number(set.historyLength())
                        .raw(array(set.candidates(), candidate -> Long.toString(candidate.itemId())))
                        .raw(array(
                                set.candidates(),
                                candidate -> candidate.source().name().toLowerCase(Locale.ROOT)))
                        .raw(array(set.candidates(), candidate -> Double.toString(candidate.inclusionProbability())))
                        .endRow();
            }
            copy.finish();
        }
    }

    /** How many prompts of the run have no answer yet. */
    public long countUnanswered(long runId) {
        return countUnanswered(runId, Part.ALL);
    }

    /** How many prompts of this part of the run have no answer yet. */
    public long countUnanswered(long runId, Part part) {
        return count(part == Part.PILOT ? "j.key is null and s.pilot_inclusion is not null" : "j.key is null", runId);
    }

    /** How many prompts of the run were answered with scores. */
    public long countScored(long runId) {
        return count("j.scores is not null", runId);
    }

    private long count(String condition, long runId) {
        String sql =
                "select count(*) from candidate_set s left join judgment j on j.key = s.judgment_key where s.run_id = ? and "
                        + condition;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new DatabaseException("counting the judgments of run " + runId, e);
        }
    }

    /** Why prompts of the run failed, and how many for each reason. */
    public Map<FailureReason, Long> countFailures(long runId) {
        String sql = """
                select j.failure, count(*) from candidate_set s join judgment j on j.key = s.judgment_key
                where s.run_id = ? and j.failure is not null group by j.failure""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            Map<FailureReason, Long> failures = new EnumMap<>(FailureReason.class);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    failures.put(FailureReason.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            return failures;
        } catch (SQLException e) {
            throw new DatabaseException("counting the failures of run " + runId, e);
        }
    }

    /** Which prompts of a run. */
    public enum Part {
        ALL(0),
        /** Those of the pilot, which are asked first. */
        PILOT(Double.POSITIVE_INFINITY);

        private final double leastPriority;

        Part(double leastPriority) {
            this.leastPriority = leastPriority;
        }
    }

    /** A place in the order in which a run asks: the highest priority first, then by user. */
    public record Place(double priority, long userId) {

        /** Before all prompts. */
        public static final Place START = new Place(Double.POSITIVE_INFINITY, Long.MIN_VALUE);
    }

    /** The next prompts of this part of the run without an answer, in the order of asking, after a place in it. */
    public List<KeyedSet> unanswered(long runId, Part part, Place after, int limit) {
        String sql = """
                select s.user_id, s.history, s.history_length, s.candidates, s.sources, s.inclusion, s.judgment_key, s.priority
                from candidate_set s left join judgment j on j.key = s.judgment_key
                where s.run_id = ? and (-s.priority, s.user_id) > (?, ?) and -s.priority <= ? and j.key is null
                order by -s.priority, s.user_id limit ?""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            statement.setDouble(2, -after.priority());
            statement.setLong(3, after.userId());
            statement.setDouble(4, -part.leastPriority);
            statement.setInt(5, limit);
            return keyedSets(statement);
        } catch (SQLException e) {
            throw new DatabaseException("reading the open prompts of run " + runId, e);
        }
    }

    /** The prompts of these users in the run, answered or not, by user. */
    public List<KeyedSet> prompts(long runId, Collection<Long> users) {
        String sql = """
                select user_id, history, history_length, candidates, sources, inclusion, judgment_key, priority
                from candidate_set where run_id = ? and user_id = any(?) order by user_id""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            statement.setArray(2, connection.createArrayOf("bigint", users.toArray()));
            return keyedSets(statement);
        } catch (SQLException e) {
            throw new DatabaseException("reading prompts of run " + runId, e);
        }
    }

    private static List<KeyedSet> keyedSets(PreparedStatement statement) throws SQLException {
        List<KeyedSet> sets = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                sets.add(new KeyedSet(rows.getBytes(7), candidateSet(rows), rows.getDouble(8)));
            }
        }
        return sets;
    }

    /** Writes answers in the connection's transaction; an answer that exists already stays as it is. */
    public void write(Connection connection, List<Answer> answers) throws SQLException {
        String sql = """
                insert into judgment (key, user_id, candidates, scores, consistency, failure, failure_detail, latency_ms,
                  prompt_tokens, completion_tokens, cost_usd)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Answer answer : answers) {
                statement.setBytes(1, answer.key());
                statement.setLong(2, answer.userId());
                statement.setArray(
                        3,
                        connection.createArrayOf("bigint", answer.candidates().toArray()));
                switch (answer.judgment()) {
                    case Judgment.Scored scored -> {
                        statement.setArray(
                                4,
                                connection.createArrayOf("real", scored.scores().toArray()));
                        statement.setDouble(5, scored.consistency());
                        statement.setNull(6, Types.VARCHAR);
                        statement.setNull(7, Types.VARCHAR);
                    }
                    case Judgment.Failed failed -> {
                        statement.setNull(4, Types.ARRAY);
                        statement.setNull(5, Types.REAL);
                        statement.setString(6, failed.reason().name());
                        statement.setString(7, failed.detail());
                    }
                }
                statement.setInt(8, answer.latencyMillis());
                statement.setInt(9, answer.spent().promptTokens());
                statement.setInt(10, answer.spent().completionTokens());
                statement.setBigDecimal(11, answer.spent().usd());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** The answers of these keys, in no order; keys without one are left out. */
    public Map<ByteBuffer, Judgment> find(Collection<byte[]> keys) {
        String sql = "select key, scores, consistency, failure, failure_detail from judgment where key = any(?)";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            Map<ByteBuffer, Judgment> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(ByteBuffer.wrap(rows.getBytes(1)), judgment(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw new DatabaseException("reading judgments by their keys", e);
        }
    }

    private static Judgment judgment(ResultSet row) throws SQLException {
        String failure = row.getString(4);
        return failure == null
                ? new Judgment.Scored(List.of((Float[]) row.getArray(2).getArray()), row.getFloat(3))
                : new Judgment.Failed(FailureReason.valueOf(failure), row.getString(5));
    }

    /**
     * Forgets the failures of the run's prompts that say nothing of the question (a timeout, an outage), so that they are asked
     * again.
     *
     * @return how many
     */
    public int forgetTransientFailures(long runId) {
        String sql = """
                delete from judgment j using candidate_set s
                where s.run_id = ? and j.key = s.judgment_key and j.failure = any(?)""";
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, runId);
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            Arrays.stream(FailureReason.values())
                                    .filter(FailureReason::isTransient)
                                    .map(FailureReason::name)
                                    .toArray()));
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException("forgetting the transient failures of run " + runId, e);
        }
    }

    /**
     * A prompt and the key of its answer.
     *
     * @param priority prompts with a higher one are asked before; at least 0
     */
    @SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
    public record KeyedSet(byte[] key, CandidateSet set, double priority) {

        /** A prompt that no other is put before or after. */
        public KeyedSet(byte[] key, CandidateSet set) {
            this(key, set, 0);
        }

        /** Where it stands in the order of asking. */
        public Place place() {
            return new Place(priority, set.userId());
        }
    }

    /** An answer with its key. */
    @SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
    public record Answer(
            byte[] key, long userId, List<Long> candidates, Judgment judgment, int latencyMillis, Spent spent) {

        /** An answer that cost nothing. */
        public Answer(byte[] key, long userId, List<Long> candidates, Judgment judgment, int latencyMillis) {
            this(key, userId, candidates, judgment, latencyMillis, Spent.NOTHING);
        }
    }

    /** What an answer cost, repairs included, by the provider's own count. */
    public record Spent(int promptTokens, int completionTokens, BigDecimal usd) {

        public static final Spent NOTHING = new Spent(0, 0, BigDecimal.ZERO);
    }

    private static <T> String array(List<T> values, Function<T, String> text) {
        return values.stream().map(text).collect(Collectors.joining(",", "{", "}"));
    }

    static CandidateSet candidateSet(ResultSet row) throws SQLException {
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
