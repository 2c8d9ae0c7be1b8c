package dev.discern.scoring.llm;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.prompt.ChatPrompt;
import java.net.ConnectException;
import java.net.UnknownHostException;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;

/**
 * The chat model that a Spring AI starter on the class path has made. What such a model throws has no common form, so every failure may
 * have been charged and is tried again, up to the attempts that are configured; retries of the starter's own must be off, since the
 * ledger does not see them.
 */
final class ChatModelProvider implements ChatProvider {

    private static final int MAX_DETAIL = 500;

    private final LlmProperties properties;
    private final ChatModel model;

    ChatModelProvider(LlmProperties properties, ChatModel model) {
        this.properties = properties;
        this.model = model;
    }

    @Override
    public ChatReply ask(ChatPrompt prompt) {
        ChatOptions options = ChatOptions.builder()
                .model(properties.model())
                .temperature(properties.temperature())
                .maxTokens(prompt.form().maxTokens(properties.maxCompletionTokens()))
                .build();
        try {
            return SpringAi.answer(model.call(new Prompt(SpringAi.messages(prompt), options)));
        } catch (RuntimeException e) {
            String detail = e.getClass().getSimpleName() + ": " + e.getMessage();
            return new ChatReply.Failure(
                    FailureReason.PROVIDER_ERROR,
                    null,
                    detail.substring(0, Math.min(detail.length(), MAX_DETAIL)),
                    null,
                    ChatReply.Next.RETRY,
                    wasNeverReached(e) ? ChatReply.Charge.NOTHING : ChatReply.Charge.UNKNOWN);
        }
    }

    private static boolean wasNeverReached(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return true;
            }
        }
        return false;
    }
}
