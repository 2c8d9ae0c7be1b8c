package dev.discern.scoring.prompt;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/**
 * About how many tokens a prompt has, by the tokenizer o200k: exact for OpenAI's newer models up to the few tokens around each
 * message, within some ten percent for most others. For an estimate; a cap counts {@link ChatPrompt#worstCaseTokens()}.
 */
public final class TokenCounter {

    private static final int TOKENS_AROUND_MESSAGE = 4;

    private final Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /** Tokens of the messages. */
    public int count(ChatPrompt prompt) {
        return prompt.messages().stream()
                .mapToInt(message -> encoding.countTokensOrdinary(message.text()) + TOKENS_AROUND_MESSAGE)
                .sum();
    }

    /** Tokens of an answer of the form asked for. */
    public int countAnswer(ChatPrompt prompt) {
        return encoding.countTokensOrdinary(prompt.form().example(prompt.codes()));
    }
}
