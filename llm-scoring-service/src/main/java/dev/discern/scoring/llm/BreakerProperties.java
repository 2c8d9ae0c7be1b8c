package dev.discern.scoring.llm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a provider that fails is left alone for a while.
 *
 * @param calls the last so many calls count
 * @param failureShare the share of them, above 0 and up to 1, that opens the circuit
 * @param pause nothing is sent for so long, then a few calls to see
 */
@ConfigurationProperties("discern.llm.breaker")
public record BreakerProperties(
        @DefaultValue("50") int calls,
        @DefaultValue("0.8") double failureShare,
        @DefaultValue("15s") Duration pause) {

    public BreakerProperties {
        if (calls < 1) {
            throw new IllegalArgumentException("discern.llm.breaker.calls must be positive: " + calls);
        }
        if (!(failureShare > 0 && failureShare <= 1)) {
            throw new IllegalArgumentException(
                    "discern.llm.breaker.failure-share must be above 0 and at most 1: " + failureShare);
        }
        if (pause.toMillis() < 1) {
            throw new IllegalArgumentException("discern.llm.breaker.pause must be 1 ms or more: " + pause);
        }
    }
}
