package dev.discern.scoring.llm;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which LLM the chat judge asks, and how.
 *
 * @param baseUrl of any OpenAI-compatible API, up to and with {@code /v1}; empty when there is none
 * @param model the provider's name of the model
 * @param apiKey may be empty: local servers want none
 * @param temperature 0 for the likeliest answer
 * @param maxCompletionTokens an answer is cut off after so many tokens, a reasoning model's thoughts included
 * @param tokenLimitField the name that the server knows this limit by: a server that ignores it answers at any length
 * @param responseFormat how the answer's form is asked for; it is checked in any case
 */
@ConfigurationProperties("discern.llm")
public record LlmProperties(
        @Nullable String baseUrl,
        @Nullable String model,
        @Nullable String apiKey,
        @DefaultValue("0") double temperature,
        @DefaultValue("500") int maxCompletionTokens,
        @DefaultValue("max_completion_tokens") TokenLimitField tokenLimitField,
        @DefaultValue("json_schema") AnswerFormat responseFormat) {

    /** Request fields that limit an answer's tokens. */
    public enum TokenLimitField {
        MAX_COMPLETION_TOKENS,
        MAX_TOKENS
    }

    /** What can be asked of a server. */
    public enum AnswerFormat {
        /** JSON by the prompt's schema. */
        JSON_SCHEMA,
        /** Some JSON object. */
        JSON_OBJECT,
        /** Nothing. */
        TEXT
    }

    public LlmProperties {
        baseUrl = baseUrl == null || baseUrl.isBlank() ? null : baseUrl.strip();
        model = model == null || model.isBlank() ? null : model.strip();
        apiKey = apiKey == null || apiKey.isBlank() ? null : apiKey.strip();
        if (baseUrl != null) {
            requireHttp(baseUrl);
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("discern.llm.temperature must be from 0 to 2: " + temperature);
        }
        if (maxCompletionTokens < 1) {
            throw new IllegalArgumentException(
                    "discern.llm.max-completion-tokens must be positive: " + maxCompletionTokens);
        }
    }

    private static void requireHttp(String url) {
        String scheme = URI.create(url).getScheme();
        if ((!Objects.equals(scheme, "http") && !Objects.equals(scheme, "https"))
                || URI.create(url).getHost() == null) {
            throw new IllegalArgumentException(
                    "discern.llm.base-url must be an http or https address such as http://localhost:11434/v1: " + url);
        }
    }

    /** Whether there is an endpoint to ask. */
    public boolean isConfigured() {
        return baseUrl != null && model != null;
    }

    /** What an answer depends on beside its prompt: host, model, template and temperature. */
    public String identity(String promptVersion) {
        URI url = URI.create(Objects.requireNonNull(baseUrl));
        String host = url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
        return identity(host, promptVersion);
    }

    /** The same for an LLM that is asked somewhere else than at the base URL. */
    String identity(String where, String promptVersion) {
        return "chat/%s/%s/%s/t%s".formatted(where, model, promptVersion, temperature);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LlmProperties[baseUrl=%s, model=%s, temperature=%s, maxCompletionTokens=%d, responseFormat=%s]"
                .formatted(baseUrl, model, temperature, maxCompletionTokens, responseFormat);
    }
}
