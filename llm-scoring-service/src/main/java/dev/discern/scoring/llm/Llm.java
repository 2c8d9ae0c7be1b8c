package dev.discern.scoring.llm;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The LLM that the chat and batch judges ask: one provider, with the limits that all runs share. */
@Component
public final class Llm {

    private final LlmProperties properties;
    private final TimeoutProperties timeouts;
    private final LimitProperties limits;
    private final RetryProperties retry;
    private final BatchProperties batch;
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
            Clock clock) {
        this.properties = properties;
        this.timeouts = timeouts;
        this.limits = limits;
        this.retry = retry;
        this.batch = batch;
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
            provider = new OpenAiProvider(properties, timeouts, limits.concurrency(), clock);
        }
        return provider;
    }

    /** The provider's batches, made at their first use. */
    public synchronized BatchApi batches() {
        if (batches == null) {
            requireConfigured();
            batches = new OpenAiBatches(properties, timeouts, batch.completionWindow(), clock);
        }
        return batches;
    }

    /** How batches are made and waited for. */
    public BatchProperties batch() {
        return batch;
    }

    private void requireConfigured() {
        if (!properties.isConfigured()) {
            throw new IllegalStateException(
                    "no LLM is configured: set DISCERN_LLM_BASE_URL and DISCERN_LLM_MODEL, and DISCERN_LLM_API_KEY where the provider wants a key");
        }
    }
}
