package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** An object with a number from 0 to 100 for each code. */
final class ScoresReader {

    private static final float SCALE = 100;

    private ScoresReader() {}

    static Parsed read(String answer, List<String> codes) {
        return JsonAnswer.read(answer, parser -> members(parser, codes));
    }

    private static Parsed members(JsonParser parser, List<String> codes) {
        Map<String, Float> scores = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String code = parser.currentName();
            if (!codes.contains(code)) {
                return new Parsed.Invalid(
                        FailureReason.UNKNOWN_CANDIDATE,
                        "there is no candidate \"%s\"".formatted(AnswerParser.shortened(code)));
            }
            JsonToken token = parser.nextToken();
            if (token == null || !token.isNumeric()) {
                return new Parsed.Invalid(
                        FailureReason.SCORE_OUT_OF_RANGE,
                        "the score of %s must be a number, not %s".formatted(code, JsonAnswer.kind(token)));
            }
            double score = parser.getDoubleValue();
            if (!(score >= 0 && score <= SCALE)) {
                return new Parsed.Invalid(
                        FailureReason.SCORE_OUT_OF_RANGE,
                        "the score of %s must be from 0 to 100, not %s"
                                .formatted(code, AnswerParser.shortened(parser.getString())));
            }
            if (scores.put(code, (float) score / SCALE) != null) {
                return new Parsed.Invalid(
                        FailureReason.REPEATED_CANDIDATE, "candidate %s has more than one score".formatted(code));
            }
        }
        return complete(scores, codes);
    }

    private static Parsed complete(Map<String, Float> scores, List<String> codes) {
        List<Float> inOrder = new ArrayList<>(codes.size());
        List<String> missing = new ArrayList<>();
        for (String code : codes) {
            Float score = scores.get(code);
            if (score == null) {
                missing.add(code);
            } else {
                inOrder.add(score);
            }
        }
        return missing.isEmpty()
                ? new Parsed.Scores(inOrder)
                : new Parsed.Invalid(FailureReason.INCOMPLETE_ANSWER, "no score for " + String.join(", ", missing));
    }
}
