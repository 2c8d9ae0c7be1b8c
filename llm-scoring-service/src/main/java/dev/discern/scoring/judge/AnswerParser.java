package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.llm.ChatReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an LLM's answer, which must be one JSON object with a number from 0 to 100 for each code and nothing else. It is checked
 * whatever the provider promised of its form.
 */
public final class AnswerParser {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final float SCALE = 100;
    private static final int MAX_QUOTED = 60;

    /** Models that were not held to JSON like to put it in a code block: that much is form, not content. */
    private static final Pattern CODE_BLOCK = Pattern.compile("```(?:json)?\\s*(\\{.*})\\s*```", Pattern.DOTALL);

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

    /** The scores of these codes. */
    public static Parsed parse(ChatReply.Answer answer, List<String> codes) {
        if (answer.refusal() != null) {
            return new Parsed.Invalid(FailureReason.REFUSED, "it is a refusal: " + shortened(answer.refusal()));
        }
        if (answer.truncated()) {
            return new Parsed.Invalid(
                    FailureReason.TRUNCATED, "it was cut off at its longest length before the JSON object ended");
        }
        String text = answer.text().strip();
        Matcher block = CODE_BLOCK.matcher(text);
        try (JsonParser parser = JSON.createParser(block.matches() ? block.group(1) : text)) {
            return object(parser, codes);
        } catch (JacksonException e) {
            return new Parsed.Invalid(
                    FailureReason.MALFORMED_ANSWER,
                    "expected one JSON object and nothing else, but it reads: " + shortened(text));
        }
    }

    private static Parsed object(JsonParser parser, List<String> codes) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return new Parsed.Invalid(
                    FailureReason.MALFORMED_ANSWER, "expected one JSON object, found " + parser.currentToken());
        }
        Map<String, Float> scores = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String code = parser.currentName();
            if (!codes.contains(code)) {
                return new Parsed.Invalid(
                        FailureReason.UNKNOWN_CANDIDATE, "there is no candidate \"%s\"".formatted(shortened(code)));
            }
            JsonToken token = parser.nextToken();
            if (token == null || !token.isNumeric()) {
                return new Parsed.Invalid(
                        FailureReason.SCORE_OUT_OF_RANGE,
                        "the score of %s must be a number, not %s".formatted(code, kind(token)));
            }
            double score = parser.getDoubleValue();
            if (!(score >= 0 && score <= SCALE)) {
                return new Parsed.Invalid(
                        FailureReason.SCORE_OUT_OF_RANGE,
                        "the score of %s must be from 0 to 100, not %s".formatted(code, shortened(parser.getString())));
            }
            if (scores.put(code, (float) score / SCALE) != null) {
                return new Parsed.Invalid(
                        FailureReason.REPEATED_CANDIDATE, "candidate %s has more than one score".formatted(code));
            }
        }
        if (parser.nextToken() != null) {
            return new Parsed.Invalid(
                    FailureReason.MALFORMED_ANSWER, "expected nothing after the JSON object, but there is more");
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

    private static String kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "text";
            case VALUE_NULL -> "null";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case null -> "nothing";
            default -> token.name().toLowerCase(Locale.ROOT);
        };
    }

    private static String shortened(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }
}
