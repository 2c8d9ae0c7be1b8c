package dev.discern.scoring.llm;

import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.llm.LlmProperties.AnswerFormat;
import dev.discern.scoring.llm.LlmProperties.TokenLimitField;
import dev.discern.scoring.prompt.AnswerForm;
import dev.discern.scoring.prompt.ChatMessage;
import dev.discern.scoring.prompt.ChatPrompt;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** Any OpenAI-compatible endpoint, through Spring AI. One call is one HTTP call: retries are not this class's. */
public final class OpenAiProvider implements ChatProvider {

    /** Local servers want no key, but the client does. */
    private static final String NO_KEY = "none";

    private static final int MAX_DETAIL = 500;

    /** Shorter than servers keep an idle connection: one that they have closed loses a call. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private final LlmProperties properties;
    private final ChatModel model;
    private final RetryAfter retryAfter;

    /** A provider as configured. */
    public OpenAiProvider(LlmProperties properties, TimeoutProperties timeouts, int concurrency, Clock clock) {
        this.properties = properties;
        this.retryAfter = new RetryAfter(clock);
        OkHttpClient sender = sender(timeouts, concurrency);
        this.model = OpenAiChatModel.builder()
                .options(options(properties, properties.maxCompletionTokens())
                        .baseUrl(Objects.requireNonNull(properties.baseUrl()))
                        .apiKey(properties.apiKey() == null ? NO_KEY : properties.apiKey())
                        .maxRetries(0)
                        .timeout(timeouts.answer())
                        .build())
                .httpClientBuilderCustomizer(http -> http.interceptor(new FirstTokenTap(
                        chain -> sender.newCall(chain.request()).execute())))
                .build();
    }

    /**
     * Does the sending in place of Spring AI's client, which would send a call again, unseen by the ledger, when its connection
     * broke, and follow a redirect with the key.
     */
    private static OkHttpClient sender(TimeoutProperties timeouts, int concurrency) {
        return new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .connectTimeout(timeouts.connect())
                .readTimeout(timeouts.firstByte())
                .writeTimeout(timeouts.firstByte())
                .callTimeout(timeouts.answer())
                .connectionPool(new ConnectionPool(concurrency, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS))
                .build();
    }

    private static OpenAiChatOptions.Builder options(LlmProperties properties, int maxTokens) {
        OpenAiChatOptions.Builder options = OpenAiChatOptions.builder();
        options.model(Objects.requireNonNull(properties.model())).temperature(properties.temperature());
        if (properties.tokenLimitField() == TokenLimitField.MAX_TOKENS) {
            options.maxTokens(maxTokens);
        } else {
            options.maxCompletionTokens(maxTokens);
        }
        return options;
    }

    @Override
    public ChatReply ask(ChatPrompt prompt) {
        try {
            return prompt.form() instanceof AnswerForm.Choice
                    ? FirstTokenTap.listening(() -> answer(prompt))
                    : answer(prompt);
        } catch (OpenAIServiceException e) {
            return refused(e);
        } catch (OpenAIIoException e) {
            return unreached(e);
        } catch (OpenAIException | IllegalStateException | IllegalArgumentException e) {
            // The connection was fine but what came over it was not: cut off, or no JSON.
            return new ChatReply.Failure(
                    FailureReason.PROVIDER_ERROR,
                    null,
                    "the provider's answer is unreadable: " + detail(e),
                    null,
                    ChatReply.Next.RETRY,
                    ChatReply.Charge.UNKNOWN);
        }
    }

    private ChatReply.Answer answer(ChatPrompt prompt) {
        OpenAiChatOptions.Builder options =
                options(properties, prompt.form().maxTokens(properties.maxCompletionTokens()));
        String schema = prompt.schema();
        if (schema != null) {
            options.responseFormat(format(properties.responseFormat(), schema));
        }
        if (prompt.form() instanceof AnswerForm.Choice) {
            options.logprobs(true).topLogprobs(AnswerForm.Choice.ALTERNATIVES);
        }
        return reply(model.call(new Prompt(
                prompt.messages().stream().map(OpenAiProvider::message).toList(), options.build())));
    }

    private static OpenAiChatModel.ResponseFormat format(AnswerFormat format, String schema) {
        OpenAiChatModel.ResponseFormat.Builder builder = OpenAiChatModel.ResponseFormat.builder()
                .type(OpenAiChatModel.ResponseFormat.Type.valueOf(format.name()));
        return format == AnswerFormat.JSON_SCHEMA ? builder.jsonSchema(schema).build() : builder.build();
    }

    private static Message message(ChatMessage message) {
        return switch (message.role()) {
            case SYSTEM -> new SystemMessage(message.text());
            case USER -> new UserMessage(message.text());
            case ASSISTANT -> new AssistantMessage(message.text());
        };
    }

    private static ChatReply.Answer reply(ChatResponse response) {
        ChatReply.Usage usage = usage(response);
        List<Generation> generations = response.getResults();
        if (generations.isEmpty()) {
            return new ChatReply.Answer("", null, false, usage);
        }
        Generation generation = generations.getFirst();
        String finish =
                String.valueOf(generation.getMetadata().getFinishReason()).toLowerCase(Locale.ROOT);
        String refusal = String.valueOf(generation.getOutput().getMetadata().getOrDefault("refusal", ""));
        if (refusal.isEmpty() && finish.equals("content_filter")) {
            refusal = "stopped by the provider's content filter";
        }
        String text = generation.getOutput().getText();
        return new ChatReply.Answer(
                text == null ? "" : text, refusal.isEmpty() ? null : refusal, finish.equals("length"), usage);
    }

    private static ChatReply.@Nullable Usage usage(ChatResponse response) {
        org.springframework.ai.chat.metadata.Usage usage =
                response.getMetadata().getUsage();
        return usage == null || usage.getPromptTokens() == null || usage.getPromptTokens() == 0
                ? null // an asked prompt has tokens: zero stands for a missing field
                : new ChatReply.Usage(
                        usage.getPromptTokens(), usage.getCompletionTokens() == null ? 0 : usage.getCompletionTokens());
    }

    private ChatReply refused(OpenAIServiceException e) {
        int status = e.statusCode();
        Duration pause = retryAfter.of(e.headers().values("retry-after"));
        String detail = "HTTP %d: %s".formatted(status, detail(e));
        return new ChatReply.Failure(
                ChatWire.reason(status), status, detail, pause, ChatWire.next(status), ChatReply.Charge.NOTHING);
    }

    private static ChatReply unreached(OpenAIIoException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException) {
                return unanswered(FailureReason.PROVIDER_ERROR, cause, ChatReply.Charge.NOTHING);
            }
            if (cause instanceof InterruptedIOException) {
                return unanswered(FailureReason.TIMED_OUT, cause, ChatReply.Charge.UNKNOWN);
            }
        }
        return unanswered(
                FailureReason.PROVIDER_ERROR, e.getCause() == null ? e : e.getCause(), ChatReply.Charge.UNKNOWN);
    }

    private static ChatReply unanswered(FailureReason reason, Throwable cause, ChatReply.Charge charge) {
        return new ChatReply.Failure(reason, null, detail(cause), null, ChatReply.Next.RETRY, charge);
    }

    private static String detail(Throwable e) {
        String message = e.getClass().getSimpleName() + ": " + e.getMessage();
        return message.substring(0, Math.min(message.length(), MAX_DETAIL));
    }
}
