package dev.discern.scoring.llm;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much is asked at a time.
 *
 * @param concurrency calls in flight at most
 * @param requestsPerMinute of the provider's contract
 * @param tokensPerMinute of the provider's contract; a call takes its longest prompt and answer from them
 */
@ConfigurationProperties("discern.llm.limits")
public record LimitProperties(
        @DefaultValue("16") int concurrency,
        @DefaultValue("100000") long requestsPerMinute,
        @DefaultValue("1000000000") long tokensPerMinute) {

    public LimitProperties {
        if (concurrency < 1 || concurrency > 1_000) {
            throw new IllegalArgumentException("discern.llm.limits.concurrency must be from 1 to 1000: " + concurrency);
        }
        if (requestsPerMinute < 1) {
            throw new IllegalArgumentException(
                    "discern.llm.limits.requests-per-minute must be positive: " + requestsPerMinute);
        }
        if (tokensPerMinute < 1) {
            throw new IllegalArgumentException(
                    "discern.llm.limits.tokens-per-minute must be positive: " + tokensPerMinute);
        }
    }
}
