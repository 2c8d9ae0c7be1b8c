package dev.discern.scoring.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.llm.ChatReply;
import dev.discern.scoring.prompt.AnswerForm;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTests {

    private static final List<String> CODES = List.of("A", "B", "C");
    private static final AnswerForm SCORES = new AnswerForm.Scores();
    private static final AnswerForm RANKING = new AnswerForm.Ranking(5);
    private static final AnswerForm CHOICE = new AnswerForm.Choice();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"A\":100,\"B\":0,\"C\":37.5}",
                "  {\"C\": 37.5, \"A\": 100, \"B\": 0}\n",
                "```json\n{\"A\":100,\"B\":0,\"C\":37.5}\n```",
                "```{\"A\":1e2,\"B\":0.0,\"C\":37.5}```",
            })
    void readsScoresInTheOrderOfTheCodes(String text) {
        assertThat(parse(text)).isEqualTo(new Parsed.Scores(List.of(1f, 0f, 0.375f)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"A\":1,\"B\":2} | INCOMPLETE_ANSWER | no score for C",
                "{} | INCOMPLETE_ANSWER | no score for A, B, C",
                "{\"A\":1,\"B\":2,\"C\":3,\"D\":4} | UNKNOWN_CANDIDATE | there is no candidate \"D\"",
                "{\"a\":1,\"B\":2,\"C\":3} | UNKNOWN_CANDIDATE | there is no candidate \"a\"",
                "{\"A\":1,\"B\":2,\"A\":3,\"C\":3} | REPEATED_CANDIDATE | candidate A has more than one score",
                "{\"A\":\"90\",\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be a number, not text",
                "{\"A\":\"NaN\",\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be a number, not text",
                "{\"A\":null,\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be a number, not null",
                "{\"A\":{\"score\":1},\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be a number, not an object",
                "{\"A\":true,\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be a number, not value_true",
                "{\"A\":101,\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be from 0 to 100, not 101",
                "{\"A\":-0.5,\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be from 0 to 100, not -0.5",
                "{\"A\":1e999,\"B\":2,\"C\":3} | SCORE_OUT_OF_RANGE | the score of A must be from 0 to 100, not 1e999",
                "[1,2,3] | MALFORMED_ANSWER | expected one JSON object, found START_ARRAY",
                "{\"A\":1,\"B\":2,\"C\":3}{} | MALFORMED_ANSWER | expected nothing after the JSON object, but there is more",
            })
    void tellsWhatIsWrong(String text, FailureReason reason, String problem) {
        assertThat(parse(text)).isEqualTo(new Parsed.Invalid(reason, problem));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sure! Here are the scores: {\"A\":1,\"B\":2,\"C\":3}",
                "{\"A\":1,\"B\":2,\"C\":3} I hope this helps.",
                "{\"A\":1,\"B\":2,\"C\":",
                "{\"A\":NaN,\"B\":2,\"C\":3}",
                "{A:1,B:2,C:3}",
            })
    void isNotContentWithProseOrHalfAnObject(String text) {
        assertThat(parse(text))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(FailureReason.MALFORMED_ANSWER));
    }

    @Test
    void aRefusalAndACutAreWhatTheyAreWhateverWasWritten() {
        String good = "{\"A\":1,\"B\":2,\"C\":3}";
        assertThat(AnswerParser.parse(new ChatReply.Answer(good, "I cannot", false, null), SCORES, CODES))
                .isEqualTo(new Parsed.Invalid(FailureReason.REFUSED, "it is a refusal: I cannot"));
        assertThat(AnswerParser.parse(new ChatReply.Answer(good, null, true, null), SCORES, CODES))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(FailureReason.TRUNCATED));
    }

    @Test
    void aRankingFallsByItsTemperature() {
        assertThat(parse("{\"ranking\":[\"B\",\"C\",\"A\"]}", RANKING))
                .isEqualTo(new Parsed.Scores(List.of((float) Math.exp(-2 / 5.0), 1f, (float) Math.exp(-1 / 5.0))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"ranking\":[\"B\",\"C\"]} | INCOMPLETE_ANSWER | the list leaves out A",
                "{\"ranking\":[\"B\",\"C\",\"B\",\"A\"]} | REPEATED_CANDIDATE | candidate B is listed more than once",
                "{\"ranking\":[\"B\",\"C\",\"D\",\"A\"]} | UNKNOWN_CANDIDATE | there is no candidate \"D\"",
                "{\"ranking\":[\"B\",3,\"A\"]} | MALFORMED_ANSWER | the list must hold codes as text, not value_number_int",
                "{\"ranking\":\"B, C, A\"} | MALFORMED_ANSWER | expected one member \"ranking\" with a list",
                "{\"A\":1,\"B\":2,\"C\":3} | MALFORMED_ANSWER | expected one member \"ranking\" with a list",
                "{\"ranking\":[\"B\",\"C\",\"A\"],\"why\":\"\"} | MALFORMED_ANSWER | expected no other member",
            })
    void tellsWhatIsWrongWithARanking(String text, FailureReason reason, String problem) {
        assertThat(parse(text, RANKING)).isEqualTo(new Parsed.Invalid(reason, problem));
    }

    @Test
    void aHalfRankingIsNoAnswer() {
        assertThat(parse("{\"ranking\":[\"B\",\"C\"", RANKING)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void aChoiceIsScoredByHowProbableEachCodeWas() {
        Parsed parsed = choice(
                new ChatReply.Alternative("B", Math.log(0.5)),
                new ChatReply.Alternative(" B", Math.log(0.25)),
                new ChatReply.Alternative("The", Math.log(0.125)),
                new ChatReply.Alternative("a", Math.log(0.0625)));
        assertThat(parsed)
                .isEqualTo(new Parsed.Scores(
                        List.of((float) (1 + Math.log(0.0625) / 20), (float) (1 + Math.log(0.75) / 20), (float)
                                (1 + Math.log(0.0625) / 20)))); // what is left: 1/16 for the one code that is not told
    }

    @Test
    void codesThatAreNotToldAreNoLikelierThanTheLeastThatIs() {
        Parsed parsed =
                choice(new ChatReply.Alternative("A", Math.log(0.25)), new ChatReply.Alternative("B", Math.log(0.001)));
        assertThat(parsed)
                .isInstanceOfSatisfying(
                        Parsed.Scores.class,
                        scores -> assertThat(scores.scores().get(2)).isEqualTo((float) (1 + Math.log(0.001) / 20)));
    }

    @Test
    void aCertainChoiceLeavesTheOthersNothing() {
        assertThat(choice(new ChatReply.Alternative("C", 0))).isEqualTo(new Parsed.Scores(List.of(0f, 0f, 1f)));
    }

    @Test
    void aChoiceWithoutACodeOrWithoutProbabilitiesIsNone() {
        assertThat(choice(new ChatReply.Alternative("Sure", -0.1)))
                .isEqualTo(new Parsed.Invalid(
                        FailureReason.MALFORMED_ANSWER, "expected one of the codes, but it begins with \"Sure\""));
        assertThat(parse("A", CHOICE))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(FailureReason.NO_LOG_PROBABILITIES));
    }

    private static Parsed choice(ChatReply.Alternative... alternatives) {
        return AnswerParser.parse(new ChatReply.Answer("A", null, true, null, List.of(alternatives)), CHOICE, CODES);
    }

    private static Parsed parse(String text) {
        return parse(text, SCORES);
    }

    private static Parsed parse(String text, AnswerForm form) {
        return AnswerParser.parse(new ChatReply.Answer(text, null, false, null), form, CODES);
    }
}
