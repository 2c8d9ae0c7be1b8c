package dev.discern.scoring.budget;

import dev.discern.common.judgment.FailureReason;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code llm_call}: every HTTP call to an LLM, written down before it is sent and settled when its answer is there. */
@Component
public final class CallLedger {

    private final JdbcClient jdbc;

    CallLedger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a call is for. */
    public enum Purpose {
        /** To have a prompt answered. */
        ASK,
        /** To have an unusable answer mended. */
        REPAIR
    }

    /** How a call ended; see the table. */
    public enum State {
        ANSWERED,
        FAILED,
        UNKNOWN
    }

    /** A call that is to be made, and what it may cost at most. */
    @SuppressWarnings("ArrayRecordComponent") // a hash that is passed on; the record is never compared
    public record Planned(
            long runId,
            long userId,
            byte[] key,
            Purpose purpose,
            int worstPromptTokens,
            int worstCompletionTokens,
            BigDecimal worstUsd) {}

    /**
     * What came of a call.
     *
     * @param promptTokens null where the provider did not say, and so the others
     * @param failure why the call or its answer is of no use; null when it is of use
     * @param answer as it came
     */
    public record Settled(
            State state,
            @Nullable Integer promptTokens,
            @Nullable Integer completionTokens,
            @Nullable BigDecimal usd,
            @Nullable Integer status,
            @Nullable FailureReason failure,
            @Nullable String detail,
            @Nullable String answer,
            int latencyMillis) {}

    /**
     * A run's calls in sum.
     *
     * @param unknown calls whose cost nobody knows: sent, but without a whole answer or without usage fields
     * @param repeated calls that a killed process left in flight
     */
    public record Totals(
            long calls, long promptTokens, long completionTokens, BigDecimal usd, long unknown, long repeated) {}

    /** An answer that was paid and is of no use. */
    public record Unusable(String answer, String detail, int promptTokens, int completionTokens, BigDecimal usd) {}

    /** Detail of calls that a killed process left. */
    private static final String LEFT = "the process ended before the answer came";

    /** Writes a call down as in flight and commits: from now on it counts, whatever happens to this process. */
    public long open(Planned call) {
        return jdbc.sql("""
                insert into llm_call (run_id, user_id, judgment_key, attempt, purpose, state,
                  worst_prompt_tokens, worst_completion_tokens, worst_cost_usd)
                select :run, :user, :key, coalesce(max(attempt), 0) + 1, :purpose, 'IN_FLIGHT', :prompt, :completion, :usd
                from llm_call where run_id = :run and judgment_key = :key
                returning id""")
                .param("run", call.runId())
                .param("user", call.userId())
                .param("key", call.key())
                .param("purpose", call.purpose().name())
                .param("prompt", call.worstPromptTokens())
                .param("completion", call.worstCompletionTokens())
                .param("usd", call.worstUsd())
                .query(Long.class)
                .single();
    }

    /** Settles a call in the connection's transaction, with the judgment that it led to. */
    public void settle(Connection connection, long id, Settled call) throws SQLException {
        String sql = """
                update llm_call set state = ?, prompt_tokens = ?, completion_tokens = ?, cost_usd = ?, http_status = ?,
                  failure = ?, detail = ?, answer = ?, latency_ms = ?, settled_at = now()
                where id = ? and state = 'IN_FLIGHT'""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, call.state().name());
            statement.setObject(2, call.promptTokens(), Types.INTEGER);
            statement.setObject(3, call.completionTokens(), Types.INTEGER);
            statement.setBigDecimal(4, call.usd());
            statement.setObject(5, call.status(), Types.INTEGER);
            statement.setString(
                    6, call.failure() == null ? null : call.failure().name());
            statement.setString(7, storable(call.detail()));
            statement.setString(8, storable(call.answer()));
            statement.setInt(9, call.latencyMillis());
            statement.setLong(10, id);
            if (statement.executeUpdate() != 1) {
                throw new SQLException("call %d was not in flight".formatted(id));
            }
        }
    }

    /** Postgres text holds no NUL; a model's answer may. */
    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }

    /** Settles what a process that is no more left in flight; nobody knows what became of it. Batches go on without a process. */
    public int abandon(long runId) {
        return jdbc.sql("""
                update llm_call set state = 'UNKNOWN', detail = :left, settled_at = now()
                where run_id = :run and state = 'IN_FLIGHT' and batch_id is null""").param("left", LEFT).param("run", runId).update();
    }

    /** What a cap has to count: costs where they are known, else the worst case. */
    public Amount spent(long runId) {
        return jdbc.sql("""
                select coalesce(sum(case when state = 'FAILED' then 0
                           else coalesce(prompt_tokens + completion_tokens, worst_prompt_tokens + worst_completion_tokens) end), 0),
                       coalesce(sum(case when state = 'FAILED' then 0 else coalesce(cost_usd, worst_cost_usd) end), 0)
                from llm_call where run_id = ?""")
                .param(runId)
                .query((row, number) -> new Amount(row.getLong(1), row.getBigDecimal(2)))
                .single();
    }

    /** The calls of a run. */
    public Totals totals(long runId) {
        return jdbc.sql("""
                select count(*), coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0), coalesce(sum(cost_usd), 0),
                       count(*) filter (where state <> 'FAILED' and prompt_tokens is null), count(*) filter (where detail = ?)
                from llm_call where run_id = ?""")
                .param(LEFT)
                .param(runId)
                .query((row, number) -> new Totals(
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getBigDecimal(4),
                        row.getLong(5),
                        row.getLong(6)))
                .single();
    }

    /** An answer to a question that came but was of no use, and was not mended since: it need not be paid for again. */
    public Optional<Unusable> lastUnusable(long runId, byte[] key) {
        return jdbc.sql("""
                select answer, detail, coalesce(prompt_tokens, 0), coalesce(completion_tokens, 0), coalesce(cost_usd, 0)
                from (select * from llm_call where run_id = ? and judgment_key = ? and state = 'ANSWERED'
                      order by attempt desc limit 1) last
                where purpose = 'ASK' and failure is not null""")
                .param(runId)
                .param(key)
                .query((row, number) -> new Unusable(
                        row.getString(1), row.getString(2), row.getInt(3), row.getInt(4), row.getBigDecimal(5)))
                .optional();
    }

    /**
     * A prompt without scores.
     *
     * @param user row id, the place in the list
     * @param answer the last answer as it came; null when none came
     * @param calls how many the run made for it
     */
    public record DeadLetter(
            long user,
            String userId,
            String reason,
            @Nullable String detail,
            @Nullable String answer,
            @Nullable Integer httpStatus,
            long calls) {}

    /** The run's prompts that have no scores, by user, with what the model wrote. */
    public List<DeadLetter> failures(long runId, long afterUser, int limit) {
        return jdbc.sql("""
                select s.user_id, u.external_id, j.failure, j.failure_detail, c.answer, c.http_status,
                       (select count(*) from llm_call n where n.run_id = s.run_id and n.user_id = s.user_id)
                from candidate_set s
                join judgment j on j.key = s.judgment_key and j.failure is not null
                join app_user u on u.id = s.user_id
                left join lateral (
                  select answer, http_status from llm_call l
                  where l.failure is not null
                    and ((l.run_id = s.run_id and l.user_id = s.user_id) or l.judgment_key = s.judgment_key)
                  order by l.id desc limit 1) c on true
                where s.run_id = ? and s.user_id > ? order by s.user_id limit ?""")
                .param(runId)
                .param(afterUser)
                .param(limit)
                .query((row, number) -> new DeadLetter(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        (Integer) row.getObject(6),
                        row.getLong(7)))
                .list();
    }
}
