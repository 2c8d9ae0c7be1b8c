package dev.discern.scoring.judge;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.judge.AnswerParser.Parsed;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** An answer that must be one JSON object and nothing else. */
final class JsonAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Models that were not held to JSON like to put it in a code block: that much is form, not content. */
    private static final Pattern CODE_BLOCK = Pattern.compile("```(?:json)?\\s*(\\{.*})\\s*```", Pattern.DOTALL);

    private JsonAnswer() {}

    /** Reads the members of an object; the parser stands before the first. */
    @FunctionalInterface
    interface Members {
        Parsed read(JsonParser parser);
    }

    /** Reads an answer. */
    static Parsed read(String answer, Members members) {
        String text = answer.strip();
        Matcher block = CODE_BLOCK.matcher(text);
        try (JsonParser parser = JSON.createParser(block.matches() ? block.group(1) : text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return malformed("expected one JSON object, found " + parser.currentToken());
            }
            Parsed parsed = members.read(parser);
            return parsed instanceof Parsed.Scores && parser.nextToken() != null
                    ? malformed("expected nothing after the JSON object, but there is more")
                    : parsed;
        } catch (JacksonException e) {
            return malformed(
                    "expected one JSON object and nothing else, but it reads: " + AnswerParser.shortened(text));
        }
    }

    static Parsed malformed(String problem) {
        return new Parsed.Invalid(FailureReason.MALFORMED_ANSWER, problem);
    }

    /** What a token is, in words. */
    static String kind(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "text";
            case VALUE_NULL -> "null";
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case null -> "nothing";
            default -> token.name().toLowerCase(Locale.ROOT);
        };
    }
}
