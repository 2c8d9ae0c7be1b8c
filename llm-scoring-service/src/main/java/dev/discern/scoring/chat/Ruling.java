package dev.discern.scoring.chat;

import dev.discern.common.judgment.FailureReason;
import dev.discern.common.judgment.Judgment;
import dev.discern.scoring.budget.CallLedger.Purpose;
import dev.discern.scoring.judge.AnswerParser;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.AnswerForm;
import java.util.List;

/** What an answer leads to: a judgment, or one more call that tells the model what was wrong with it. */
sealed interface Ruling {

    /** The question is done with. */
    record Final(Judgment judgment) implements Ruling {}

    /** The answer is of no use and was the first. */
    record Mend(FailureReason reason, String problem) implements Ruling {}

    /** This provider's answers will never be of use to the template. */
    record Hopeless(FailureReason reason, String problem) implements Ruling {}

    /** Checks an answer of this form to a question about these codes. */
    static Ruling on(ChatReply.Answer answer, AnswerForm form, List<String> codes, Purpose purpose) {
        return switch (AnswerParser.parse(answer, form, codes)) {
            case Parsed.Scores scores -> new Final(new Judgment.Scored(scores.scores(), 1));
            case Parsed.Invalid invalid
            when invalid.reason() == FailureReason.NO_LOG_PROBABILITIES ->
                new Hopeless(
                        invalid.reason(),
                        invalid.problem() + ", which the template needs; choose another by discern.llm.prompt.name");
            case Parsed.Invalid invalid when purpose == Purpose.ASK -> new Mend(invalid.reason(), invalid.problem());
            case Parsed.Invalid invalid ->
                new Final(new Judgment.Failed(
                        invalid.reason(), "asked twice, and the second answer cannot be used: " + invalid.problem()));
        };
    }
}
