package dev.discern.scoring.llm;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The LLM that the chat judge asks: one provider, with the limits that all runs share. */
@Component
public final class Llm {

    private final LlmProperties properties;
    private final TimeoutProperties timeouts;
    private final LimitProperties limits;
    private final RetryProperties retry;
    private final Clock clock;
    private final RateLimits rateLimits;
    private final ProviderCircuit circuit;
    private @Nullable ChatProvider provider;

    Llm(
            LlmProperties properties,
            TimeoutProperties timeouts,
            LimitProperties limits,
            RetryProperties retry,
            BreakerProperties breaker,
            Clock clock) {
        this.properties = properties;
        this.timeouts = timeouts;
        this.limits = limits;
        this.retry = retry;
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
            if (!properties.isConfigured()) {
                throw new IllegalStateException(
                        "no LLM is configured: set DISCERN_LLM_BASE_URL and DISCERN_LLM_MODEL, and DISCERN_LLM_API_KEY where the provider wants a key");
            }
            provider = new OpenAiProvider(properties, timeouts, limits.concurrency(), clock);
        }
        return provider;
    }
}
