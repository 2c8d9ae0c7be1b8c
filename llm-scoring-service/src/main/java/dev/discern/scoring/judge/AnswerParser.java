package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.AnswerForm;
import java.util.List;

/** Reads an LLM's answer. It is checked whatever the provider promised of its form. */
public final class AnswerParser {

    private static final int MAX_QUOTED = 60;

    private AnswerParser() {}

    /** What an answer says. */
    public sealed interface Parsed {

        /**
         * A usable answer.
         *
         * @param scores in [0, 1], in the order of the codes
         */
        record Scores(List<Float> scores) implements Parsed {}

        /**
         * An answer of no use.
         *
         * @param problem what was expected and what came, for the model that is asked again and for people
         */
        record Invalid(FailureReason reason, String problem) implements Parsed {}
    }

    /** What an answer says that was to name these codes in this form. */
    public static Parsed parse(ChatReply.Answer answer, AnswerForm form, List<String> codes) {
        if (answer.refusal() != null) {
            return new Parsed.Invalid(FailureReason.REFUSED, "it is a refusal: " + shortened(answer.refusal()));
        }
        return switch (form) {
            case AnswerForm.Choice choice -> ChoiceReader.read(answer.firstToken(), codes);
            case AnswerForm.Scores scores -> answer.truncated() ? cut() : ScoresReader.read(answer.text(), codes);
            case AnswerForm.Ranking ranking ->
                answer.truncated() ? cut() : RankingReader.read(answer.text(), codes, ranking);
        };
    }

    private static Parsed cut() {
        return new Parsed.Invalid(
                FailureReason.TRUNCATED, "it was cut off at its longest length before the JSON object ended");
    }

    /** The beginning of a text, for a message. */
    static String shortened(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }
}
