package dev.discern.scoring.chat;

import dev.discern.common.db.JudgmentStore;
import dev.discern.scoring.budget.BatchLedger.Line;
import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.llm.ChatWire;
import dev.discern.scoring.llm.LlmProperties;
import dev.discern.scoring.prompt.ChatPrompt;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the lines of batches ask. */
final class BatchQuestions {

    private final ChatTask task;
    private final JudgmentStore judgments;
    private final CallLedger ledger;
    private final LlmProperties llm;

    BatchQuestions(ChatTask task, JudgmentStore judgments, CallLedger ledger, LlmProperties llm) {
        this.task = task;
        this.judgments = judgments;
        this.ledger = ledger;
        this.llm = llm;
    }

    /** A prompt and one of its questions. */
    record Asked(JudgmentStore.KeyedSet prompt, ChatTask.Question question) {}

    /** A question as it is sent, and the answer that is to be mended. */
    record Sent(ChatPrompt prompt, Purpose purpose, Cost before, String line) {}

    /** The questions of these lines by their keys, those that the run knows. */
    Map<ByteBuffer, Asked> of(Collection<Line> lines) {
        List<Long> users = lines.stream().map(Line::userId).distinct().toList();
        Map<ByteBuffer, Asked> asked = new HashMap<>();
        for (JudgmentStore.KeyedSet prompt : judgments.prompts(task.runId(), users)) {
            for (ChatTask.Question question : task.questions(prompt.set())) {
                asked.put(ByteBuffer.wrap(question.key()), new Asked(prompt, question));
            }
        }
        return asked;
    }

    /** How a question is asked now: anew, or to mend an answer that is of no use. */
    Sent sent(ChatTask.Question question) {
        ChatPrompt prompt = task.renderer().render(question.order().shown());
        Optional<CallLedger.Unusable> unusable = ledger.lastUnusable(task.runId(), question.key());
        ChatPrompt asked = unusable.map(answer -> prompt.repair(answer.answer(), answer.detail()))
                .orElse(prompt);
        Purpose purpose = unusable.isPresent() ? Purpose.REPAIR : Purpose.ASK;
        return new Sent(
                asked,
                purpose,
                unusable.map(Cost::of).orElse(Cost.NOTHING),
                ChatWire.line(new CustomId(question.key(), purpose).text(), asked, llm));
    }

    /** What the model must name in its answer. */
    List<String> codes(ChatTask.Question question) {
        return task.renderer().render(question.order().shown()).codes();
    }

    /** What the answer that a repair is to mend has cost. */
    Cost before(ChatTask.Question question, Purpose purpose) {
        return purpose == Purpose.ASK
                ? Cost.NOTHING
                : ledger.lastUnusable(task.runId(), question.key())
                        .map(Cost::of)
                        .orElse(Cost.NOTHING);
    }
}
