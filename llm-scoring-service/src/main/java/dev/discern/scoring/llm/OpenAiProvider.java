package dev.discern.scoring.llm;

import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIIoException;
import com.openai.errors.OpenAIServiceException;
import dev.discern.common.judgment.FailureReason;
import dev.discern.scoring.llm.LlmProperties.AnswerFormat;
import dev.discern.scoring.llm.LlmProperties.TokenLimitField;
import dev.discern.scoring.prompt.AnswerForm;
import dev.discern.scoring.prompt.ChatPrompt;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.springframework.ai.chat.model.ChatModel;
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
        return SpringAi.answer(model.call(new Prompt(SpringAi.messages(prompt), options.build())));
    }

    private static OpenAiChatModel.ResponseFormat format(AnswerFormat format, String schema) {
        OpenAiChatModel.ResponseFormat.Builder builder = OpenAiChatModel.ResponseFormat.builder()
                .type(OpenAiChatModel.ResponseFormat.Type.valueOf(format.name()));
        return format == AnswerFormat.JSON_SCHEMA ? builder.jsonSchema(schema).build() : builder.build();
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
