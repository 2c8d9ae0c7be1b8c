package dev.discern.scoring.llm;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a call may take.
 *
 * @param connect until there is a connection
 * @param firstByte until the answer begins, and between any two of its parts
 * @param answer until the answer is whole
 */
@ConfigurationProperties("discern.llm.timeouts")
public record TimeoutProperties(
        @DefaultValue("10s") Duration connect,
        @DefaultValue("60s") Duration firstByte,
        @DefaultValue("120s") Duration answer) {

    public TimeoutProperties {
        requirePositive("connect", connect);
        requirePositive("first-byte", firstByte);
        requirePositive("answer", answer);
        if (firstByte.compareTo(answer) > 0) {
            throw new IllegalArgumentException(
                    "discern.llm.timeouts.first-byte must not be longer than answer: %s and %s"
                            .formatted(firstByte, answer));
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("discern.llm.timeouts.%s must be from 1 ms to %d ms: %s"
                    .formatted(name, Integer.MAX_VALUE, duration));
        }
    }
}
