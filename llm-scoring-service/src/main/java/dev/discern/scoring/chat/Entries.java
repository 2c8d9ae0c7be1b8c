package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.common.judgment.Candidate;
import dev.discern.common.judgment.CandidateSet;
import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.Price;
import dev.discern.scoring.llm.ChatReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is written down of a call and of what it led to. */
final class Entries {

    private static final int OK = 200;

    private Entries() {}

    /** The judgment of a key. */
    static JudgmentStore.Answer judgment(
            byte[] key, CandidateSet prompt, Judgment judgment, int latencyMillis, Cost cost) {
        return new JudgmentStore.Answer(
                key,
                prompt.userId(),
                prompt.candidates().stream().map(Candidate::itemId).toList(),
                judgment,
                latencyMillis,
                new JudgmentStore.Spent(cost.promptTokens(), cost.completionTokens(), cost.usd()));
    }

    /**
     * The judgment of a question, where it is one: one order's failure to be answered at all is not, since another run may fare
     * better; a prompt's is, until its run is restarted.
     */
    static List<JudgmentStore.Answer> kept(
            ChatTask task, ChatTask.Question question, Judgment judgment, int latencyMillis, Cost cost) {
        boolean keep = !isTransient(judgment) || task.permutations() == 1;
        return keep
                ? List.of(judgment(question.key(), question.order().shown(), judgment, latencyMillis, cost))
                : List.of();
    }

    static boolean isTransient(Judgment judgment) {
        return judgment instanceof Judgment.Failed failed && failed.reason().isTransient();
    }

    /** How a call ended, by what came of it. */
    static CallLedger.Settled call(
            ChatReply reply, Price price, @Nullable FailureReason failure, @Nullable String detail, int latencyMillis) {
        return switch (reply) {
            case ChatReply.Answer answer -> {
                ChatReply.Usage usage = answer.usage();
                yield new CallLedger.Settled(
                        CallLedger.State.ANSWERED,
                        usage == null ? null : usage.promptTokens(),
                        usage == null ? null : usage.completionTokens(),
                        usage == null ? null : price.cost(usage.promptTokens(), usage.completionTokens()),
                        OK,
                        failure,
                        detail,
                        answer.refusal() == null ? answer.text() : answer.refusal(),
                        latencyMillis);
            }
            case ChatReply.Failure failed ->
                new CallLedger.Settled(
                        failed.charge() == ChatReply.Charge.NOTHING
                                ? CallLedger.State.FAILED
                                : CallLedger.State.UNKNOWN,
                        null,
                        null,
                        null,
                        failed.status(),
                        failure,
                        detail,
                        null,
                        latencyMillis);
        };
    }
}
