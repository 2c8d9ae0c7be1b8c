package dev.discern.scoring.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.llm.ChatReply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTests {

    private static final List<String> CODES = List.of("A", "B", "C");

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
        assertThat(AnswerParser.parse(new ChatReply.Answer(good, "I cannot", false, null), CODES))
                .isEqualTo(new Parsed.Invalid(FailureReason.REFUSED, "it is a refusal: I cannot"));
        assertThat(AnswerParser.parse(new ChatReply.Answer(good, null, true, null), CODES))
                .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid -> assertThat(invalid.reason()).isEqualTo(FailureReason.TRUNCATED));
    }

    private static Parsed parse(String text) {
        return AnswerParser.parse(new ChatReply.Answer(text, null, false, null), CODES);
    }
}
