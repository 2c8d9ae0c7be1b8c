package dev.discern.scoring.llm;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The LLM that the chat and batch judges ask: one provider, with the limits that all runs share. */
@Component
public final class Llm {

    private final LlmProperties properties;
    private final TimeoutProperties timeouts;
    private final LimitProperties limits;
    private final RetryProperties retry;
    private final BatchProperties batch;
    private final ObjectProvider<ChatModel> starter;
    private final Clock clock;
    private final RateLimits rateLimits;
    private final ProviderCircuit circuit;
    private @Nullable ChatProvider provider;
    private @Nullable BatchApi batches;

    Llm(
            LlmProperties properties,
            TimeoutProperties timeouts,
            LimitProperties limits,
            RetryProperties retry,
            BreakerProperties breaker,
            BatchProperties batch,
            ObjectProvider<ChatModel> starter,
            Clock clock) {
        this.properties = properties;
        this.timeouts = timeouts;
        this.limits = limits;
        this.retry = retry;
        this.batch = batch;
        this.starter = starter;
        this.clock = clock;
        this.rateLimits = new RateLimits(limits);
        this.circuit = new ProviderCircuit(breaker);
    }

    /** Which LLM, and how it is asked. */
    public LlmProperties properties() {
        return properties;
    }

    /** Calls in flight at most, in one run. */
    public int concurrency() {
        return limits.concurrency();
    }

    /** How failures are met. */
    public RetryProperties retry() {
        return retry;
    }

    /** Requests and tokens a minute. */
    public RateLimits rateLimits() {
        return rateLimits;
    }

    /** Open while the provider fails. */
    public ProviderCircuit circuit() {
        return circuit;
    }

    /** Pauses between attempts. */
    public Backoff backoff() {
        return new Backoff(retry, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** The provider, made at its first use: a service without an LLM starts all the same. */
    public synchronized ChatProvider provider() {
        if (provider == null) {
            requireConfigured();
            provider = properties.isConfigured()
                    ? new OpenAiProvider(properties, timeouts, limits.concurrency(), clock)
                    : new ChatModelProvider(properties, starter.getObject());
        }
        return provider;
    }

    /** Whether there is an LLM to ask: an endpoint, or the chat model of a Spring AI starter. */
    public boolean isConfigured() {
        return properties.isConfigured() || (properties.model() != null && starter.getIfUnique() != null);
    }

    /** What an answer depends on beside its prompt: where it is asked, model, template and temperature. */
    public String identity(String promptVersion) {
        return properties.isConfigured()
                ? properties.identity(promptVersion)
                : properties.identity(starter.getObject().getClass().getSimpleName(), promptVersion);
    }

    /** The provider's batches, made at their first use. */
    public synchronized BatchApi batches() {
        if (batches == null) {
            requireConfigured();
            if (!properties.isConfigured()) {
                throw new IllegalStateException(
                        "a chat model of a Spring AI starter has no batches: set DISCERN_LLM_BASE_URL, or ask by chat");
            }
            batches = new OpenAiBatches(properties, timeouts, batch.completionWindow(), clock);
        }
        return batches;
    }

    /** How batches are made and waited for. */
    public BatchProperties batch() {
        return batch;
    }

    private void requireConfigured() {
        if (!isConfigured()) {
            throw new IllegalStateException(
                    "no LLM is configured: set DISCERN_LLM_BASE_URL and DISCERN_LLM_MODEL, and DISCERN_LLM_API_KEY where the provider wants a key");
        }
    }
}
