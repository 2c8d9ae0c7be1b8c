package dev.discern.scoring.prompt;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a template has the model write, from which soft scores are read. */
public sealed interface AnswerForm {

    /** Its name in templates: {@code scores}, {@code ranking/5}, {@code choice}. */
    String name();

    /** JSON schema of the answer to these codes; null when it is no JSON. */
    @Nullable
    String schema(List<String> codes);

    /** What the model is told when its answer was of no use. */
    String request(List<String> codes);

    /** An answer such as most are. */
    String example(List<String> codes);

    /** How many tokens an answer may have, of those that the configuration allows. */
    default int maxTokens(int configured) {
        return configured;
    }

    /** The form of this name. */
    static AnswerForm of(String name) {
        if (name.equals(Scores.NAME)) {
            return new Scores();
        }
        if (name.equals(Choice.NAME)) {
            return new Choice();
        }
        if (name.matches(Ranking.NAME + "/[0-9]{1,3}(\\.[0-9]{1,3})?")) {
            return new Ranking(Double.parseDouble(name.substring(name.indexOf('/') + 1)));
        }
        throw new IllegalArgumentException(
                "unknown form of answer '%s'; known are scores, choice and ranking/T with a temperature T, such as ranking/5"
                        .formatted(name));
    }

    /** A number from 0 to 100 for each code. */
    record Scores() implements AnswerForm {

        private static final String NAME = "scores";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public String schema(List<String> codes) {
            ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
            ObjectNode properties = schema.putObject("properties");
            ArrayNode required = schema.putArray("required");
            for (String code : codes) {
                properties
                        .putObject(code)
                        .put("type", "integer")
                        .put("minimum", 0)
                        .put("maximum", 100);
                required.add(code);
            }
            return schema.put("additionalProperties", false).toString();
        }

        @Override
        public String request(List<String> codes) {
            return "one JSON object with exactly these keys: %s. Each value is a whole number from 0 to 100"
                    .formatted(String.join(", ", codes));
        }

        @Override
        public String example(List<String> codes) {
            return codes.stream().map(code -> "\"" + code + "\":50").collect(Collectors.joining(",", "{", "}"));
        }
    }

    /**
     * All codes, the best first. The one at place {@code r} (1 the best) has the soft score
     *
     * <pre>
     *   score = exp(−(r − 1) / T)
     * </pre>
     *
     * so that the first places tell more apart than the last.
     *
     * @param temperature T, in places, above 0: the larger, the more evenly the scores fall
     */
    record Ranking(double temperature) implements AnswerForm {

        /** The member of the answer that holds the codes. */
        public static final String MEMBER = "ranking";

        private static final String NAME = "ranking";

        public Ranking {
            if (!(temperature > 0)) {
                throw new IllegalArgumentException("a ranking's temperature must be above 0, not " + temperature);
            }
        }

        /** The soft score of a place, 1 the best. */
        public double score(int place) {
            return Math.exp((1 - place) / temperature);
        }

        @Override
        public String name() {
            return temperature == Math.rint(temperature)
                    ? String.format(Locale.ROOT, "%s/%.0f", NAME, temperature)
                    : NAME + "/" + temperature;
        }

        @Override
        public String schema(List<String> codes) {
            ObjectNode schema = JsonMapper.shared().createObjectNode().put("type", "object");
            ObjectNode items = schema.putObject("properties")
                    .putObject(MEMBER)
                    .put("type", "array")
                    .putObject("items");
            ArrayNode values = items.put("type", "string").putArray("enum");
            codes.forEach(values::add);
            schema.putArray("required").add(MEMBER);
            return schema.put("additionalProperties", false).toString();
        }

        @Override
        public String request(List<String> codes) {
            return "one JSON object {\"%s\": […]} whose list has each of these codes once, the best first: %s"
                    .formatted(MEMBER, String.join(", ", codes));
        }

        @Override
        public String example(List<String> codes) {
            return codes.stream()
                    .map(code -> "\"" + code + "\"")
                    .collect(Collectors.joining(",", "{\"" + MEMBER + "\":[", "]}"));
        }
    }

    /**
     * The code of the one best candidate. What counts is not the code but how probable the model held each of them to be, so the
     * provider must return log-probabilities; an answer is one token.
     */
    record Choice() implements AnswerForm {

        /** As many alternatives to a token as providers tell. */
        public static final int ALTERNATIVES = 20;

        private static final String NAME = "choice";

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public @Nullable String schema(List<String> codes) {
            return null;
        }

        @Override
        public String request(List<String> codes) {
            return "exactly one of these codes: " + String.join(", ", codes);
        }

        @Override
        public String example(List<String> codes) {
            return codes.getFirst();
        }

        @Override
        public int maxTokens(int configured) {
            return 1;
        }
    }
}
