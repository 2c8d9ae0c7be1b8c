package dev.discern.scoring.llm;

import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How batches are made and waited for. The largest sizes are OpenAI's.
 *
 * @param maxRequests lines of a batch at most
 * @param maxBytes of its file at most
 * @param pollInterval how often a batch is looked at
 * @param completionWindow the provider's word for how long it may take
 * @param deadline counted from a run's first batch; what has no answer then is asked by chat
 * @param cancelWithin a batch that was cancelled and has not ended after so long is given up, at its worst case
 * @param priceFactor the price of a token in a batch, as a share of its price by chat
 */
@ConfigurationProperties("discern.llm.batch")
public record BatchProperties(
        @DefaultValue("50000") int maxRequests,
        @DefaultValue("200000000B") DataSize maxBytes,
        @DefaultValue("60s") Duration pollInterval,
        @DefaultValue("24h") String completionWindow,
        @DefaultValue("24h") Duration deadline,
        @DefaultValue("30m") Duration cancelWithin,
        @DefaultValue("0.5") BigDecimal priceFactor) {

    private static final int MOST_REQUESTS = 50_000;
    private static final long MOST_BYTES = 200_000_000;

    public BatchProperties {
        if (maxRequests < 1 || maxRequests > MOST_REQUESTS) {
            throw new IllegalArgumentException(
                    "discern.llm.batch.max-requests must be from 1 to %d: %d".formatted(MOST_REQUESTS, maxRequests));
        }
        if (maxBytes.toBytes() < 1 || maxBytes.toBytes() > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "discern.llm.batch.max-bytes must be from 1 to %d bytes: %s".formatted(MOST_BYTES, maxBytes));
        }
        requirePositive("poll-interval", pollInterval);
        requirePositive("deadline", deadline);
        requirePositive("cancel-within", cancelWithin);
        if (completionWindow.isBlank()) {
            throw new IllegalArgumentException(
                    "discern.llm.batch.completion-window must not be empty; OpenAI's is 24h");
        }
        if (priceFactor.signum() < 0 || priceFactor.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("discern.llm.batch.price-factor must be from 0 to 1: " + priceFactor);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "discern.llm.batch.%s must be 1 ms or more: %s".formatted(name, duration));
        }
    }
}
