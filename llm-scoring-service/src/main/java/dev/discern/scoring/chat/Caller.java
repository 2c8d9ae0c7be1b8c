package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.budget.Amount;
import dev.discern.scoring.budget.Budget;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.llm.Llm;
import dev.discern.scoring.prompt.ChatPrompt;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP calls of a run: within the budget, the rate limits and the circuit, each in the ledger before it is sent, again
 * when the provider failed.
 */
final class Caller {

    private static final Duration CIRCUIT_POLL = Duration.ofMillis(100);

    private final ChatTask task;
    private final Llm llm;
    private final Budget budget;
    private final CallLedger ledger;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final CountDownLatch over;

    /**
     * A caller.
     *
     * @param over opened when the run is to make no further call
     */
    Caller(
            ChatTask task,
            Llm llm,
            Budget budget,
            CallLedger ledger,
            JudgmentStore judgments,
            DataSource dataSource,
            CountDownLatch over) {
        this.task = task;
        this.llm = llm;
        this.budget = budget;
        this.ledger = ledger;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.over = over;
    }

    /** A call that was made and is not settled yet. */
    record Sent(long id, Worst worst, ChatReply reply, int latencyMillis) {}

    /** The most that a call can come to. */
    record Worst(int promptTokens, int completionTokens, BigDecimal usd) {
        Amount amount() {
            return new Amount((long) promptTokens + completionTokens, usd);
        }
    }

    /**
     * Asks until there is an answer or no further attempt; the attempts before the last are settled, the last is the caller's to
     * settle. Null when nothing was sent: the budget is reached, or the run is over.
     */
    @Nullable
    Sent send(long userId, byte[] key, ChatPrompt prompt, Purpose purpose) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Sent sent = once(userId, key, prompt, purpose);
            if (sent == null || !(sent.reply() instanceof ChatReply.Failure failure) || isLast(failure, attempt)) {
                return sent;
            }
            settle(sent, failure.reason(), failure.detail(), List.of());
            if (over.await(llm.backoff().pause(attempt, failure.retryAfter()).toMillis(), TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private boolean isLast(ChatReply.Failure failure, int attempt) {
        Duration pause = failure.retryAfter();
        return failure.next() != ChatReply.Next.RETRY
                || attempt >= llm.retry().attempts()
                || (pause != null && pause.compareTo(llm.retry().maxRetryAfter()) > 0);
    }

    private @Nullable Sent once(long userId, byte[] key, ChatPrompt prompt, Purpose purpose)
            throws InterruptedException {
        int completion = prompt.form().maxTokens(llm.properties().maxCompletionTokens());
        int promptTokens = prompt.worstCaseTokens();
        Worst worst = new Worst(promptTokens, completion, task.price().cost(promptTokens, completion));
        if (!budget.reserve(worst.amount())) {
            return null;
        }
        int callTokens = promptTokens + completion;
        if (!awaited(() -> llm.rateLimits().tryRequest())
                || !awaited(() -> llm.rateLimits().tryTokens(callTokens))
                || !awaited(() -> llm.circuit().tryAcquire() ? Duration.ZERO : CIRCUIT_POLL)) {
            budget.settle(worst.amount(), Amount.NOTHING);
            return null;
        }
        long id = ledger.open(
                new CallLedger.Planned(task.runId(), userId, key, purpose, promptTokens, completion, worst.usd()));
        long start = System.nanoTime();
        ChatReply reply = llm.provider().ask(prompt);
        long nanos = System.nanoTime() - start;
        llm.circuit().record(reply, nanos);
        if (reply instanceof ChatReply.Answer answer && answer.usage() != null) {
            llm.rateLimits()
                    .giveBack(callTokens
                            - answer.usage().promptTokens()
                            - answer.usage().completionTokens());
        }
        return new Sent(id, worst, reply, (int) TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Waits as long as it is told to; false when the run is over. */
    private boolean awaited(Supplier<Duration> wait) throws InterruptedException {
        for (Duration pause = wait.get(); !pause.isZero(); pause = wait.get()) {
            if (over.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return over.getCount() > 0;
    }

    /** Settles a call, together with the judgments that it leads to: both are there after a kill, or neither. */
    void settle(
            Sent sent, @Nullable FailureReason failure, @Nullable String detail, List<JudgmentStore.Answer> answers) {
        CallLedger.Settled settled = Entries.call(sent.reply(), task.price(), failure, detail, sent.latencyMillis());
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            ledger.settle(connection, sent.id(), settled);
            judgments.write(connection, answers);
            connection.commit();
        } catch (SQLException e) {
            throw new dev.discern.common.db.DatabaseException("settling call " + sent.id(), e);
        }
        budget.settle(sent.worst().amount(), actual(sent, settled));
    }

    private static Amount actual(Sent sent, CallLedger.Settled settled) {
        if (settled.state() == CallLedger.State.FAILED) {
            return Amount.NOTHING;
        }
        return settled.promptTokens() == null || settled.completionTokens() == null || settled.usd() == null
                ? sent.worst().amount()
                : new Amount((long) settled.promptTokens() + settled.completionTokens(), settled.usd());
    }
}
