package dev.discern.scoring.llm;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/** Token buckets for the requests and the tokens of a minute. They start with a second's worth and refill evenly. */
public final class RateLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Bucket requests;
    private final Bucket tokens;
    private final long maxTokens;

    /** Buckets of the configured sizes. */
    public RateLimits(LimitProperties properties) {
        this.requests = bucket(properties.requestsPerMinute());
        this.tokens = bucket(properties.tokensPerMinute());
        this.maxTokens = properties.tokensPerMinute();
    }

    private static Bucket bucket(long perMinute) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perMinute)
                        .refillGreedy(perMinute, MINUTE)
                        .initialTokens(Math.max(1, perMinute / 60)))
                .build();
    }

    /** Takes one request; zero when it could, else how long to wait before trying again. */
    public Duration tryRequest() {
        return Duration.ofNanos(requests.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    /** Takes a call's tokens, all of a minute's where it has more; zero when it could, else how long to wait. */
    public Duration tryTokens(int callTokens) {
        return Duration.ofNanos(tokens.tryConsumeAndReturnRemaining(Math.clamp(callTokens, 1, maxTokens))
                .getNanosToWaitForRefill());
    }

    /** Gives back what a call did not use. */
    public void giveBack(int unusedTokens) {
        if (unusedTokens > 0) {
            tokens.addTokens(Math.min(unusedTokens, maxTokens));
        }
    }
}
