package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.BatchLedger;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.ChatPrompt;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How one prompt is answered: claim, look whether it was answered meanwhile, ask, check, repair once, commit. */
final class Asking {

    private static final int CLAIM_POLL_MILLIS = 100;

    private final ChatTask task;
    private final Caller caller;
    private final Claims claims;
    private final CallLedger ledger;
    private final BatchLedger batches;
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final CountDownLatch over;
    private final Set<Long> awaited;
    private final boolean resumed;
    private final int giveUpAfter;
    private final AtomicInteger givenUp = new AtomicInteger();

    /**
     * For one run.
     *
     * @param awaited takes the ids of batches that questions of the run lie in; safe for many threads
     * @param resumed whether the run has made calls before
     * @param giveUpAfter so many questions in a row without an answer end the run
     */
    Asking(
            ChatTask task,
            Caller caller,
            Claims claims,
            CallLedger ledger,
            BatchLedger batches,
            JudgmentStore judgments,
            DataSource dataSource,
            CountDownLatch over,
            Set<Long> awaited,
            boolean resumed,
            int giveUpAfter) {
        this.task = task;
        this.caller = caller;
        this.claims = claims;
        this.ledger = ledger;
        this.batches = batches;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.over = over;
        this.awaited = awaited;
        this.resumed = resumed;
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * Answers one prompt in all its orders.
     *
     * @return whether it has a judgment now; false when the budget is reached, the run is over or it lies in a batch
     */
    boolean answer(JudgmentStore.KeyedSet prompt) throws InterruptedException, SQLException {
        if (!task.renderer().canRender(prompt.set())) {
            write(prompt, new Judgment.Failed(FailureReason.MISSING_TEXT, "a candidate has no text"));
            return true;
        }
        Judgment judgment = Joint.of(task.questions(prompt.set()), this::answer);
        if (judgment == null) {
            return false;
        }
        if (task.permutations() > 1) { // the answer of one order is there already, under the same key
            write(prompt, judgment);
        }
        return true;
    }

    private void write(JudgmentStore.KeyedSet prompt, Judgment judgment) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            judgments.write(
                    connection, List.of(Entries.judgment(prompt.key(), prompt.set(), judgment, 0, Cost.NOTHING)));
            connection.commit();
        }
    }

    private @Nullable Judgment answer(ChatTask.Question question) throws InterruptedException {
        while (over.getCount() > 0) {
            if (claims.tryClaim(question.key())) {
                try {
                    Judgment known = judgments.find(List.of(question.key())).get(ByteBuffer.wrap(question.key()));
                    return known != null ? known : isInABatch(question) ? null : ask(question);
                } finally {
                    claims.release(question.key());
                }
            }
            // Another run is asking it: its answer will do.
            if (over.await(CLAIM_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
        return null;
    }

    /** A question in an open batch is answered when the batch is. */
    private boolean isInABatch(ChatTask.Question question) {
        Collection<BatchLedger.Open> holders =
                batches.holders(List.of(question.key())).values();
        holders.forEach(holder -> awaited.add(holder.id()));
        return !holders.isEmpty();
    }

    private @Nullable Judgment ask(ChatTask.Question question) throws InterruptedException {
        ChatPrompt prompt = task.renderer().render(question.order().shown());
        CallLedger.Unusable unusable =
                resumed ? ledger.lastUnusable(task.runId(), question.key()).orElse(null) : null;
        if (unusable != null) {
            return repair(question, prompt.repair(unusable.answer(), unusable.detail()), Cost.of(unusable));
        }
        Caller.Sent sent = caller.send(userId(question), question.key(), prompt, Purpose.ASK);
        if (sent == null) {
            return null;
        }
        if (!(sent.reply() instanceof ChatReply.Answer answer)) {
            return failed(question, sent, (ChatReply.Failure) sent.reply(), Cost.NOTHING);
        }
        givenUp.set(0);
        return switch (Ruling.on(answer, prompt.form(), prompt.codes(), Purpose.ASK)) {
            case Ruling.Final ruling -> judged(question, sent, ruling.judgment(), Cost.of(answer, task.price()));
            case Ruling.Mend mend -> {
                caller.settle(sent, mend.reason(), mend.problem(), List.of());
                String text = answer.refusal() == null ? answer.text() : answer.refusal();
                yield repair(question, prompt.repair(text, mend.problem()), Cost.of(answer, task.price()));
            }
            case Ruling.Hopeless hopeless -> throw unavailable(sent, hopeless);
        };
    }

    private @Nullable Judgment repair(ChatTask.Question question, ChatPrompt prompt, Cost before)
            throws InterruptedException {
        Caller.Sent sent = caller.send(userId(question), question.key(), prompt, Purpose.REPAIR);
        if (sent == null) {
            return null;
        }
        if (!(sent.reply() instanceof ChatReply.Answer answer)) {
            return failed(question, sent, (ChatReply.Failure) sent.reply(), before);
        }
        givenUp.set(0);
        return switch (Ruling.on(answer, prompt.form(), prompt.codes(), Purpose.REPAIR)) {
            case Ruling.Final ruling ->
                judged(question, sent, ruling.judgment(), before.plus(Cost.of(answer, task.price())));
            case Ruling.Mend mend -> throw new IllegalStateException("a repair is not repaired: " + mend);
            case Ruling.Hopeless hopeless -> throw unavailable(sent, hopeless);
        };
    }

    private LlmUnavailableException unavailable(Caller.Sent sent, Ruling.Hopeless hopeless) {
        caller.settle(sent, hopeless.reason(), hopeless.problem(), List.of());
        return new LlmUnavailableException(hopeless.problem());
    }

    private Judgment judged(ChatTask.Question question, Caller.Sent sent, Judgment judgment, Cost cost) {
        commit(question, sent, judgment, cost);
        return judgment;
    }

    private Judgment failed(ChatTask.Question question, Caller.Sent sent, ChatReply.Failure failure, Cost before) {
        Judgment.Failed failed = new Judgment.Failed(failure.reason(), failure.detail());
        if (failure.next() == ChatReply.Next.GIVE_UP_RUN) {
            caller.settle(sent, failure.reason(), failure.detail(), List.of());
            throw new LlmUnavailableException(
                    "the LLM provider refuses: %s. Check DISCERN_LLM_BASE_URL, DISCERN_LLM_MODEL and DISCERN_LLM_API_KEY, then restart the job"
                            .formatted(failure.detail()));
        }
        commit(question, sent, failed, before);
        if (failure.next() == ChatReply.Next.RETRY && givenUp.incrementAndGet() >= giveUpAfter) {
            throw new LlmUnavailableException(
                    "the LLM provider failed to answer %d questions in a row, the last with: %s. Restart the job when it is back: they are asked again"
                            .formatted(giveUpAfter, failure.detail()));
        }
        return failed;
    }

    private void commit(ChatTask.Question question, Caller.Sent sent, Judgment judgment, Cost cost) {
        FailureReason reason = judgment instanceof Judgment.Failed failed ? failed.reason() : null;
        String detail = judgment instanceof Judgment.Failed failed ? failed.detail() : null;
        caller.settle(sent, reason, detail, Entries.kept(task, question, judgment, sent.latencyMillis(), cost));
    }

    private static long userId(ChatTask.Question question) {
        return question.order().shown().userId();
    }
}
