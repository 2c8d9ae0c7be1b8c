package dev.discern.scoring.llm;

import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.llm.LlmProperties.AnswerFormat;
import dev.discern.scoring.llm.LlmProperties.TokenLimitField;
import dev.discern.scoring.prompt.AnswerForm;
import dev.discern.scoring.prompt.ChatMessage;
import dev.discern.scoring.prompt.ChatPrompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a call to {@code /v1/chat/completions} and of its answer, where no client writes it: in the lines of a batch. */
public final class ChatWire {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ENDPOINT = "/v1/chat/completions";
    private static final String SCHEMA_NAME = "json_schema";
    private static final int MAX_DETAIL = 500;

    private ChatWire() {}

    /** A line of a batch's input: what the chat judge would send, under an id. */
    public static String line(String id, ChatPrompt prompt, LlmProperties llm) {
        ObjectNode line = JSON.createObjectNode()
                .put("custom_id", id)
                .put("method", "POST")
                .put("url", ENDPOINT);
        line.set("body", body(prompt, llm));
        return line.toString();
    }

    static ObjectNode body(ChatPrompt prompt, LlmProperties llm) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode messages = body.putArray("messages");
        for (ChatMessage message : prompt.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.text());
        }
        body.put("model", llm.model()).put("temperature", llm.temperature());
        body.put(
                llm.tokenLimitField() == TokenLimitField.MAX_TOKENS ? "max_tokens" : "max_completion_tokens",
                prompt.form().maxTokens(llm.maxCompletionTokens()));
        String schema = prompt.schema();
        if (schema != null) {
            ObjectNode format = body.putObject("response_format");
            format.put("type", llm.responseFormat().name().toLowerCase(Locale.ROOT));
            if (llm.responseFormat() == AnswerFormat.JSON_SCHEMA) {
                format.putObject("json_schema")
                        .put("name", SCHEMA_NAME)
                        .put("strict", true)
                        .set("schema", JSON.readTree(schema));
            }
        }
        if (prompt.form() instanceof AnswerForm.Choice) {
            body.put("logprobs", true).put("top_logprobs", AnswerForm.Choice.ALTERNATIVES);
        }
        return body;
    }

    /** What the body of a whole answer says. */
    public static ChatReply.Answer answer(JsonNode body) {
        JsonNode choice = body.at("/choices/0");
        String finish = choice.path("finish_reason").asString("");
        String refusal = choice.at("/message/refusal").asString("");
        if (refusal.isEmpty() && finish.equals("content_filter")) {
            refusal = "stopped by the provider's content filter";
        }
        return new ChatReply.Answer(
                choice.at("/message/content").asString(""),
                refusal.isEmpty() ? null : refusal,
                finish.equals("length"),
                usage(body.path("usage")),
                firstToken(body));
    }

    /** What the answer's first token might have been; null when the answer does not tell. */
    static @Nullable List<ChatReply.Alternative> firstToken(JsonNode body) {
        List<ChatReply.Alternative> alternatives = new ArrayList<>();
        for (JsonNode alternative : body.at("/choices/0/logprobs/content/0/top_logprobs")) {
            JsonNode value = alternative.path("logprob");
            if (value.isNumber() && !Double.isNaN(value.asDouble())) {
                alternatives.add(
                        new ChatReply.Alternative(alternative.path("token").asString(""), value.asDouble()));
            }
        }
        return alternatives.isEmpty() ? null : List.copyOf(alternatives);
    }

    private static ChatReply.@Nullable Usage usage(JsonNode usage) {
        int prompt = usage.path("prompt_tokens").asInt(0);
        return prompt == 0 // an asked prompt has tokens: zero stands for a missing field
                ? null
                : new ChatReply.Usage(prompt, usage.path("completion_tokens").asInt(0));
    }

    /** What a status other than 200 says. */
    public static ChatReply.Failure failure(int status, JsonNode body) {
        String message = body.at("/error/message").asString("");
        String detail = "HTTP %d: %s".formatted(status, message.isEmpty() ? body.toString() : message);
        detail = detail.substring(0, Math.min(detail.length(), MAX_DETAIL));
        return new ChatReply.Failure(reason(status), status, detail, null, next(status), ChatReply.Charge.NOTHING);
    }

    static FailureReason reason(int status) {
        return switch (status) {
            case 429 -> FailureReason.RATE_LIMITED;
            case 408 -> FailureReason.TIMED_OUT;
            default -> FailureReason.PROVIDER_ERROR;
        };
    }

    /** What to do about a status other than 200. */
    static ChatReply.Next next(int status) {
        return switch (status) {
            case 401, 402, 403, 404 -> ChatReply.Next.GIVE_UP_RUN;
            case 408, 409, 425, 429 -> ChatReply.Next.RETRY;
            default -> status >= 500 ? ChatReply.Next.RETRY : ChatReply.Next.GIVE_UP_QUESTION;
        };
    }
}
