package dev.discern.scoring.budget;

import dev.discern.scoring.budget.CallLedger.Planned;
import dev.discern.scoring.budget.CallLedger.Purpose;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Table {@code llm_batch}, and the rows of {@code llm_call} that are lines of a batch. They are written before the batch is submitted.
 * A line in flight is the claim of its question in all runs, and outlives the process that made it.
 */
@Component
public final class BatchLedger {

    private static final String COLUMNS =
            "id, run_id, token, provider_file, provider_batch, lines, deadline, submitted_at, stop_asked_at, cancel_sent_at";

    private final JdbcClient jdbc;

    BatchLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A batch whose lines are not all settled.
     *
     * @param token in the batch's metadata at the provider
     * @param providerFile null until the input is uploaded
     * @param providerBatch null until the provider's id is known
     * @param stopAskedAt when somebody cancelled it; null when nobody did
     * @param cancelSentAt when the provider was told to cancel it; null when it was not
     */
    public record Open(
            long id,
            long runId,
            UUID token,
            @Nullable String providerFile,
            @Nullable String providerBatch,
            int lines,
            Instant deadline,
            @Nullable Instant submittedAt,
            @Nullable Instant stopAskedAt,
            @Nullable Instant cancelSentAt) {}

    /** A line of a batch. */
    @SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
    public record Line(long id, long userId, byte[] key, Purpose purpose, boolean inFlight) {}

    /**
     * A run's batches in sum.
     *
     * @param answered by the provider's count
     */
    public record Counts(long batches, long ended, long lines, long answered) {}

    /** Begins a batch without lines. */
    public Open create(long runId, Instant now, Instant deadline) {
        return jdbc.sql("insert into llm_batch (run_id, created_at, deadline) values (?, ?, ?) returning " + COLUMNS)
                .params(runId, utc(now), utc(deadline))
                .query((row, number) -> open(row))
                .single();
    }

    /** Writes lines down as in flight, in the connection's transaction. */
    public void add(Connection connection, long batch, List<Planned> calls) throws SQLException {
        String sql = """
                insert into llm_call (run_id, user_id, judgment_key, attempt, purpose, state,
                  worst_prompt_tokens, worst_completion_tokens, worst_cost_usd, batch_id)
                select ?, ?, ?, coalesce(max(attempt), 0) + 1, ?, 'IN_FLIGHT', ?, ?, ?, ?
                from llm_call where run_id = ? and judgment_key = ?""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Planned call : calls) {
                statement.setLong(1, call.runId());
                statement.setLong(2, call.userId());
                statement.setBytes(3, call.key());
                statement.setString(4, call.purpose().name());
                statement.setInt(5, call.worstPromptTokens());
                statement.setInt(6, call.worstCompletionTokens());
                statement.setBigDecimal(7, call.worstUsd());
                statement.setLong(8, batch);
                statement.setLong(9, call.runId());
                statement.setBytes(10, call.key());
                statement.addBatch();
            }
            statement.executeBatch();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("update llm_batch set lines = lines + ? where id = ?")) {
            statement.setInt(1, calls.size());
            statement.setLong(2, batch);
            statement.executeUpdate();
        }
    }

    /** The open batches of a run, oldest first. */
    public List<Open> open(long runId) {
        return jdbc.sql("select " + COLUMNS + " from llm_batch where run_id = ? and ended_at is null order by id")
                .param(runId)
                .query((row, number) -> open(row))
                .list();
    }

    /** A batch; empty when it has ended. */
    public Optional<Open> find(long id) {
        return jdbc.sql("select " + COLUMNS + " from llm_batch where id = ? and ended_at is null")
                .param(id)
                .query((row, number) -> open(row))
                .optional();
    }

    /** When the run's batches are to be over: set with its first one; empty when it has had none. */
    public Optional<Instant> deadline(long runId) {
        return jdbc.sql("select deadline from llm_batch where run_id = ? order by id limit 1")
                .param(runId)
                .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    /** Which of these questions lie in an open batch, of whatever run, and in which. */
    public Map<ByteBuffer, Open> holders(Collection<byte[]> keys) {
        Map<ByteBuffer, Open> holders = new HashMap<>();
        jdbc.sql("""
                select b.*, c.judgment_key from llm_call c join llm_batch b on b.id = c.batch_id
                where c.judgment_key = any(?) and c.batch_id is not null and c.state = 'IN_FLIGHT'""").param(keys.toArray(byte[][]::new)).query(row -> {
            holders.put(ByteBuffer.wrap(row.getBytes("judgment_key")), open(row));
        });
        return holders;
    }

    /** Lines of a batch that are in flight, by id, above {@code after}. */
    public List<Line> inFlight(long batch, long after, int limit) {
        return jdbc.sql("""
                select id, user_id, judgment_key, purpose, state from llm_call
                where batch_id = ? and state = 'IN_FLIGHT' and id > ? order by id limit ?""")
                .params(batch, after, limit)
                .query((row, number) -> line(row))
                .list();
    }

    /** Lines of a batch by their questions, in any state, while nobody else settles lines of it: until the transaction ends. */
    public List<Line> lock(Connection connection, long batch, Collection<byte[]> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from llm_batch where id = ? for update")) {
            statement.setLong(1, batch);
            statement.execute();
        }
        String sql = """
                select id, user_id, judgment_key, purpose, state from llm_call
                where batch_id = ? and judgment_key = any(?) order by id""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, batch);
            statement.setArray(2, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            List<Line> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    lines.add(line(rows));
                }
            }
            return lines;
        }
    }

    /** The input file is at the provider. */
    public void uploaded(long id, String file) {
        jdbc.sql("update llm_batch set provider_file = ? where id = ?")
                .params(file, id)
                .update();
    }

    /** Whether a batch is still to be submitted; if so, nobody else changes it until the connection's transaction ends. */
    public boolean lockUnsubmitted(Connection connection, long id) throws SQLException {
        String sql = """
                select 1 from llm_batch
                where id = ? and provider_batch is null and stop_asked_at is null and ended_at is null for update""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    private static final String SUBMITTED =
            "update llm_batch set provider_batch = ?, submitted_at = ?, status = 'submitted' where id = ?";

    /** The batch is at the provider. */
    public void submitted(long id, String batch, Instant now) {
        jdbc.sql(SUBMITTED).params(batch, utc(now), id).update();
    }

    /** The same, in the connection's transaction. */
    public void submitted(Connection connection, long id, String batch, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SUBMITTED)) {
            statement.setString(1, batch);
            statement.setObject(2, utc(now));
            statement.setLong(3, id);
            statement.executeUpdate();
        }
    }

    /** What the provider said of a batch. */
    public void polled(long id, String status, int answered) {
        jdbc.sql("update llm_batch set status = ?, answered = ? where id = ?")
                .params(status, answered, id)
                .update();
    }

    /** The provider was told to cancel a batch. */
    public void cancelSent(long id, Instant now) {
        jdbc.sql("update llm_batch set cancel_sent_at = coalesce(cancel_sent_at, ?) where id = ?")
                .params(utc(now), id)
                .update();
    }

    /** Somebody wants the run's open batches cancelled. */
    public void askToStop(long runId, Instant now) {
        jdbc.sql("update llm_batch set stop_asked_at = ? where run_id = ? and ended_at is null")
                .params(utc(now), runId)
                .update();
    }

    /** Whether somebody wanted that at this time or later. */
    public boolean stopAskedSince(long runId, Instant time) {
        return jdbc.sql("select exists (select 1 from llm_batch where run_id = ? and stop_asked_at >= ?)")
                .params(runId, utc(time))
                .query(Boolean.class)
                .single();
    }

    /** Settles all lines that are left in flight, as nobody knows what became of them. */
    public void giveUp(long id, String detail) {
        settleRest(id, CallLedger.State.UNKNOWN, detail);
    }

    /** Settles all lines that are left in flight as never asked. */
    public void drop(long id, String detail) {
        settleRest(id, CallLedger.State.FAILED, detail);
    }

    private void settleRest(long id, CallLedger.State state, String detail) {
        jdbc.sql("""
                update llm_call set state = ?, detail = ?, settled_at = now()
                where batch_id = ? and state = 'IN_FLIGHT'""").params(state.name(), detail, id).update();
    }

    /** Ends a batch once no line of it is in flight; false while some are. */
    public boolean end(long id, @Nullable String detail, Instant now) {
        return jdbc.sql("""
                        update llm_batch set ended_at = ?, detail = ? where id = ? and ended_at is null
                          and not exists (select 1 from llm_call where batch_id = llm_batch.id and state = 'IN_FLIGHT')""").param(utc(now)).param(detail).param(id).update() == 1;
    }

    /** How far a run's batches are. */
    public Counts counts(long runId) {
        return jdbc.sql("""
                select count(*), count(ended_at), coalesce(sum(lines), 0), coalesce(sum(answered), 0)
                from llm_batch where run_id = ?""")
                .param(runId)
                .query((row, number) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
                .single();
    }

    /** How often the provider failed on a question in a run. */
    public int failures(long runId, byte[] key) {
        return jdbc.sql("""
                select count(*) from llm_call
                where run_id = ? and judgment_key = ? and state = 'FAILED' and failure is not null""").params(runId, key).query(Integer.class).single();
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getBytes("judgment_key"),
                Purpose.valueOf(row.getString("purpose")),
                row.getString("state").equals("IN_FLIGHT"));
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(
                row.getLong("id"),
                row.getLong("run_id"),
                row.getObject("token", UUID.class),
                row.getString("provider_file"),
                row.getString("provider_batch"),
                row.getInt("lines"),
                row.getObject("deadline", OffsetDateTime.class).toInstant(),
                instant(row, "submitted_at"),
                instant(row, "stop_asked_at"),
                instant(row, "cancel_sent_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
