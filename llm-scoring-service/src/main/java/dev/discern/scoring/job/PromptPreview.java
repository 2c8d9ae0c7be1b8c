package dev.discern.scoring.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.discern.scoring.prompt.ChatMessage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt as it would be sent.
 *
 * @param schema JSON schema of the answer; null when it is no JSON
 * @param tokens of the prompt, about
 * @param worstTokens of the prompt, at most
 * @param answerTokens about
 * @param model that would be asked; null when none is configured
 * @param cost US dollars, about; null when there is no model or no price
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptPreview(
        String version,
        List<ChatMessage> messages,
        @JsonRawValue @Nullable String schema,
        int tokens,
        int worstTokens,
        int answerTokens,
        @Nullable String model,
        @Nullable BigDecimal cost) {}
