package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import dev.discern.scoring.prompt.AnswerForm;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An object whose one member lists every code once, the best first. */
final class RankingReader {

    private RankingReader() {}

    static Parsed read(String answer, List<String> codes, AnswerForm.Ranking form) {
        return JsonAnswer.read(answer, parser -> members(parser, codes, form));
    }

    private static Parsed members(JsonParser parser, List<String> codes, AnswerForm.Ranking form) {
        if (parser.nextToken() != JsonToken.PROPERTY_NAME
                || !parser.currentName().equals(AnswerForm.Ranking.MEMBER)
                || parser.nextToken() != JsonToken.START_ARRAY) {
            return JsonAnswer.malformed("expected one member \"%s\" with a list".formatted(AnswerForm.Ranking.MEMBER));
        }
        List<String> ranked = new ArrayList<>(codes.size());
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String code = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getString() : null;
            if (code == null) {
                return JsonAnswer.malformed(
                        "the list must hold codes as text, not %s".formatted(JsonAnswer.kind(parser.currentToken())));
            }
            if (!codes.contains(code)) {
                return new Parsed.Invalid(
                        FailureReason.UNKNOWN_CANDIDATE,
                        "there is no candidate \"%s\"".formatted(AnswerParser.shortened(code)));
            }
            if (ranked.contains(code)) {
                return new Parsed.Invalid(
                        FailureReason.REPEATED_CANDIDATE, "candidate %s is listed more than once".formatted(code));
            }
            ranked.add(code);
        }
        if (parser.nextToken() != JsonToken.END_OBJECT) {
            return JsonAnswer.malformed("expected no other member");
        }
        List<String> missing =
                codes.stream().filter(code -> !ranked.contains(code)).toList();
        return missing.isEmpty()
                ? new Parsed.Scores(codes.stream()
                        .map(code -> (float) form.score(ranked.indexOf(code) + 1))
                        .toList())
                : new Parsed.Invalid(
                        FailureReason.INCOMPLETE_ANSWER, "the list leaves out " + String.join(", ", missing));
    }
}
