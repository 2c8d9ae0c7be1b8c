package dev.discern.scoring.llm;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.concurrent.TimeUnit;

/** A circuit breaker: a provider that fails is left alone for a while. A rate limit is no failure: it has its own pause. */
public final class ProviderCircuit {

    private static final int CALLS_TO_SEE = 3;

    private final CircuitBreaker breaker;

    /** A closed circuit. */
    public ProviderCircuit(BreakerProperties properties) {
        this.breaker = CircuitBreaker.of(
                "llm",
                CircuitBreakerConfig.custom()
                        .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(properties.calls())
                        .minimumNumberOfCalls(properties.calls())
                        .failureRateThreshold((float) (100 * properties.failureShare()))
                        .waitDurationInOpenState(properties.pause())
                        .permittedNumberOfCallsInHalfOpenState(CALLS_TO_SEE)
                        .build());
    }

    /** Whether a call may be made now; it must be followed by {@link #record}. */
    public boolean tryAcquire() {
        return breaker.tryAcquirePermission();
    }

    /** Tells what came of a call. */
    public void record(ChatReply reply, long nanos) {
        switch (reply) {
            case ChatReply.Answer _ -> breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            case ChatReply.Failure failure -> {
                if (failure.next() == ChatReply.Next.RETRY
                        && failure.reason() != dev.discern.common.judgment.FailureReason.RATE_LIMITED) {
                    breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException(failure.detail()));
                } else {
                    breaker.releasePermission();
                }
            }
        }
    }

    /** Gives a permission back that was not used. */
    public void release() {
        breaker.releasePermission();
    }
}
