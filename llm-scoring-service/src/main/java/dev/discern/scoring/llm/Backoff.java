package dev.discern.scoring.llm;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Full jitter: the pause before attempt {@code n + 1} is uniform on
 *
 * <pre>
 *   [0, min(maxDelay, firstDelay · 2^(n-1))]
 * </pre>
 *
 * so that many that failed together do not come back together. A {@code Retry-After} of the provider is waited for in full, the
 * jitter on top.
 */
public final class Backoff {

    private final RetryProperties properties;
    private final DoubleSupplier random;

    /**
     * A backoff.
     *
     * @param random uniform on [0, 1), safe for many threads
     */
    public Backoff(RetryProperties properties, DoubleSupplier random) {
        this.properties = properties;
        this.random = random;
    }

    /** The pause after failed attempt number {@code attempt}, from 1. */
    public Duration pause(int attempt, @Nullable Duration retryAfter) {
        double ceiling = Math.min(
                (double) properties.maxDelay().toMillis(),
                properties.firstDelay().toMillis() * Math.pow(2, attempt - 1.0));
        Duration jitter = Duration.ofMillis(Math.round(random.getAsDouble() * ceiling));
        return retryAfter == null || retryAfter.isNegative() ? jitter : retryAfter.plus(jitter);
    }
}
