package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.judge.Agreement;
import dev.discern.scoring.judge.AnswerParser;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.ChatPrompt;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
    private final JudgmentStore judgments;
    private final DataSource dataSource;
    private final CountDownLatch over;
    private final boolean resumed;
    private final int giveUpAfter;
    private final AtomicInteger givenUp = new AtomicInteger();

    /**
     * For one run.
     *
     * @param resumed whether the run has made calls before
     * @param giveUpAfter so many questions in a row without an answer end the run
     */
    Asking(
            ChatTask task,
            Caller caller,
            Claims claims,
            CallLedger ledger,
            JudgmentStore judgments,
            DataSource dataSource,
            CountDownLatch over,
            boolean resumed,
            int giveUpAfter) {
        this.task = task;
        this.caller = caller;
        this.claims = claims;
        this.ledger = ledger;
        this.judgments = judgments;
        this.dataSource = dataSource;
        this.over = over;
        this.resumed = resumed;
        this.giveUpAfter = giveUpAfter;
    }

    /**
     * Answers one prompt in all its orders.
     *
     * @return whether it has a judgment now; false when the budget is reached or the run is over
     */
    boolean answer(JudgmentStore.KeyedSet prompt) throws InterruptedException, SQLException {
        if (!task.renderer().canRender(prompt.set())) {
            write(prompt, new Judgment.Failed(FailureReason.MISSING_TEXT, "a candidate has no text"));
            return true;
        }
        List<List<Float>> answers = new ArrayList<>();
        for (ChatTask.Question question : task.questions(prompt.set())) {
            switch (answer(question)) {
                case null -> {
                    return false;
                }
                case Judgment.Failed failed -> {
                    joint(prompt, failed);
                    return true;
                }
                case Judgment.Scored scored -> answers.add(question.order().asDrawn(scored.scores()));
            }
        }
        joint(prompt, Agreement.of(answers));
        return true;
    }

    /** Writes the joint answer of several orders; that of one order is there already, under the same key. */
    private void joint(JudgmentStore.KeyedSet prompt, Judgment judgment) throws SQLException {
        if (task.permutations() > 1) {
            write(prompt, judgment);
        }
    }

    private void write(JudgmentStore.KeyedSet prompt, Judgment judgment) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            judgments.write(connection, List.of(written(prompt.key(), prompt.set(), judgment, 0, Cost.NOTHING)));
            connection.commit();
        }
    }

    private @Nullable Judgment answer(ChatTask.Question question) throws InterruptedException {
        while (over.getCount() > 0) {
            if (claims.tryClaim(question.key())) {
                try {
                    Judgment known = judgments.find(List.of(question.key())).get(ByteBuffer.wrap(question.key()));
                    return known == null ? ask(question) : known;
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
        return switch (AnswerParser.parse(answer, prompt)) {
            case Parsed.Scores scores -> scored(question, sent, scores, Cost.NOTHING);
            case Parsed.Invalid invalid -> {
                caller.settle(sent, invalid.reason(), invalid.problem(), List.of());
                String text = answer.refusal() == null ? answer.text() : answer.refusal();
                yield repair(question, prompt.repair(text, invalid.problem()), Cost.of(answer, task));
            }
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
        return switch (AnswerParser.parse(answer, prompt)) {
            case Parsed.Scores scores -> scored(question, sent, scores, before);
            case Parsed.Invalid invalid -> {
                Judgment.Failed failed = new Judgment.Failed(
                        invalid.reason(), "asked twice, and the second answer cannot be used: " + invalid.problem());
                commit(question, sent, failed, before.plus(Cost.of(answer, task)));
                yield failed;
            }
        };
    }

    private Judgment scored(ChatTask.Question question, Caller.Sent sent, Parsed.Scores scores, Cost before) {
        Judgment.Scored scored = new Judgment.Scored(scores.scores(), 1);
        commit(question, sent, scored, before.plus(Cost.of((ChatReply.Answer) sent.reply(), task)));
        return scored;
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

    /**
     * An order's failure to be answered at all is not its judgment, since another run may fare better; a prompt's is, until its run
     * is restarted.
     */
    private void commit(ChatTask.Question question, Caller.Sent sent, Judgment judgment, Cost cost) {
        FailureReason reason = judgment instanceof Judgment.Failed failed ? failed.reason() : null;
        String detail = judgment instanceof Judgment.Failed failed ? failed.detail() : null;
        boolean keep = reason == null || !reason.isTransient() || task.permutations() == 1;
        caller.settle(
                sent,
                reason,
                detail,
                keep
                        ? List.of(
                                written(question.key(), question.order().shown(), judgment, sent.latencyMillis(), cost))
                        : List.of());
    }

    private static long userId(ChatTask.Question question) {
        return question.order().shown().userId();
    }

    private static JudgmentStore.Answer written(
            byte[] key, CandidateSet prompt, Judgment judgment, int latencyMillis, Cost cost) {
        return new JudgmentStore.Answer(
                key,
                prompt.userId(),
                prompt.candidates().stream().map(Candidate::itemId).toList(),
                judgment,
                latencyMillis,
                new JudgmentStore.Spent(cost.promptTokens(), cost.completionTokens(), cost.usd()));
    }

    /** What the answers to one question cost so far; what nobody knows counts as nothing here, and in the ledger as unknown. */
    private record Cost(int promptTokens, int completionTokens, BigDecimal usd) {

        static final Cost NOTHING = new Cost(0, 0, BigDecimal.ZERO);

        static Cost of(CallLedger.Unusable answer) {
            return new Cost(answer.promptTokens(), answer.completionTokens(), answer.usd());
        }

        static Cost of(ChatReply.Answer answer, ChatTask task) {
            ChatReply.Usage usage = answer.usage();
            return usage == null
                    ? NOTHING
                    : new Cost(
                            usage.promptTokens(),
                            usage.completionTokens(),
                            task.price().cost(usage.promptTokens(), usage.completionTokens()));
        }

        Cost plus(Cost other) {
            return new Cost(
                    promptTokens + other.promptTokens, completionTokens + other.completionTokens, usd.add(other.usd));
        }
    }
}
