package dev.discern.scoring.llm;

import dev.discern.scoring.prompt.ChatMessage;
import dev.discern.scoring.prompt.ChatPrompt;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;

/** Prompts and answers as Spring AI has them. */
final class SpringAi {

    /** How providers say that an answer was cut off at its longest length. */
    private static final Set<String> CUT = Set.of("length", "max_tokens");

    /** How they say that it was withheld. */
    private static final Set<String> WITHHELD = Set.of("content_filter", "refusal");

    private SpringAi() {}

    static List<Message> messages(ChatPrompt prompt) {
        return prompt.messages().stream().map(SpringAi::message).toList();
    }

    private static Message message(ChatMessage message) {
        return switch (message.role()) {
            case SYSTEM -> new SystemMessage(message.text());
            case USER -> new UserMessage(message.text());
            case ASSISTANT -> new AssistantMessage(message.text());
        };
    }

    static ChatReply.Answer answer(ChatResponse response) {
        ChatReply.Usage usage = usage(response);
        List<Generation> generations = response.getResults();
        if (generations.isEmpty()) {
            return new ChatReply.Answer("", null, false, usage);
        }
        Generation generation = generations.getFirst();
        String finish =
                String.valueOf(generation.getMetadata().getFinishReason()).toLowerCase(Locale.ROOT);
        String refusal = String.valueOf(generation.getOutput().getMetadata().getOrDefault("refusal", ""));
        if (refusal.isEmpty() && WITHHELD.contains(finish)) {
            refusal = "stopped by the provider: " + finish;
        }
        String text = generation.getOutput().getText();
        return new ChatReply.Answer(
                text == null ? "" : text, refusal.isEmpty() ? null : refusal, CUT.contains(finish), usage);
    }

    private static ChatReply.@Nullable Usage usage(ChatResponse response) {
        org.springframework.ai.chat.metadata.Usage usage =
                response.getMetadata().getUsage();
        return usage == null || usage.getPromptTokens() == null || usage.getPromptTokens() == 0
                ? null // an asked prompt has tokens: zero stands for a missing field
                : new ChatReply.Usage(
                        usage.getPromptTokens(), usage.getCompletionTokens() == null ? 0 : usage.getCompletionTokens());
    }
}
