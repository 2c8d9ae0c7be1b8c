package dev.discern.scoring.llm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens when a provider fails.
 *
 * @param attempts calls for one question at most, the first included
 * @param firstDelay the longest wait before the second call; it doubles for each further one
 * @param maxDelay it doubles up to this
 * @param maxRetryAfter a provider that asks for a longer pause is taken to have failed
 * @param giveUpAfter the run stops when so many questions in a row were given up and none was answered between
 */
@ConfigurationProperties("discern.llm.retry")
public record RetryProperties(
        @DefaultValue("5") int attempts,
        @DefaultValue("1s") Duration firstDelay,
        @DefaultValue("60s") Duration maxDelay,
        @DefaultValue("5m") Duration maxRetryAfter,
        @DefaultValue("50") int giveUpAfter) {

    public RetryProperties {
        if (attempts < 1) {
            throw new IllegalArgumentException("discern.llm.retry.attempts must be positive: " + attempts);
        }
        if (firstDelay.toMillis() < 1 || firstDelay.compareTo(maxDelay) > 0) {
            throw new IllegalArgumentException("discern.llm.retry.first-delay must be from 1 ms to max-delay: %s and %s"
                    .formatted(firstDelay, maxDelay));
        }
        if (maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "discern.llm.retry.max-retry-after must not be negative: " + maxRetryAfter);
        }
        if (giveUpAfter < 1) {
            throw new IllegalArgumentException("discern.llm.retry.give-up-after must be positive: " + giveUpAfter);
        }
    }
}
