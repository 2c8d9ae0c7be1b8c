package dev.discern.scoring.prompt;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question to an LLM.
 *
 * @param messages the conversation so far
 * @param codes what the answer must name, each once, in the order of the candidates
 * @param form of the answer
 */
public record ChatPrompt(List<ChatMessage> messages, List<String> codes, AnswerForm form) {

    /** What chat formats add around a message, generously: role, separators, the start of the answer. */
    private static final int TOKENS_AROUND_MESSAGE = 32;

    private static final int MAX_QUOTED_ANSWER = 4_000;

    public ChatPrompt {
        messages = List.copyOf(messages);
        codes = List.copyOf(codes);
    }

    /** JSON schema of the answer; null when it is no JSON. */
    public @Nullable String schema() {
        return form.schema(codes);
    }

    /** The same question asked again after an answer that is of no use. */
    public ChatPrompt repair(String answer, String problem) {
        List<ChatMessage> conversation = new ArrayList<>(messages);
        conversation.add(new ChatMessage(
                ChatMessage.Role.ASSISTANT, answer.substring(0, Math.min(answer.length(), MAX_QUOTED_ANSWER))));
        conversation.add(new ChatMessage(
                ChatMessage.Role.USER,
                "This answer cannot be used: %s. Answer again with %s. Write nothing else."
                        .formatted(problem, form.request(codes))));
        return new ChatPrompt(conversation, codes, form);
    }

    /**
     * No tokenizer that works on bytes makes more tokens of the prompt: each token holds one byte of UTF-8 or more. The schema
     * counts, since some providers put it into the prompt.
     */
    public int worstCaseTokens() {
        String schema = schema();
        int bytes = (schema == null ? 0 : utf8(schema)) + TOKENS_AROUND_MESSAGE;
        for (ChatMessage message : messages) {
            bytes = Math.addExact(bytes, utf8(message.text()) + TOKENS_AROUND_MESSAGE);
        }
        return bytes;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
