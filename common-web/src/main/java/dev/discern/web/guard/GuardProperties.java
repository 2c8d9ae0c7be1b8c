package dev.discern.web.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of a service; zero is none.
 *
 * @param requestsPerSecond of one API key, on average
 * @param burst how many requests of one key may come at once
 * @param concurrentRequests that are worked on at once; what comes on top is refused at once, so that those that are taken stay fast
 * @param maxBody of a request that is no upload
 * @param bodyTimeout until when such a body must be there: who sends it drop by drop holds one of the places above
 */
@ConfigurationProperties("discern.guard")
public record GuardProperties(
        @DefaultValue("0") int requestsPerSecond,
        @DefaultValue("0") int burst,
        @DefaultValue("0") int concurrentRequests,
        @DefaultValue("0") DataSize maxBody,
        @DefaultValue("0") Duration bodyTimeout) {

    public GuardProperties {
        require("requests-per-second", requestsPerSecond);
        require("burst", burst);
        require("concurrent-requests", concurrentRequests);
        if (maxBody.isNegative()) {
            throw new IllegalArgumentException("discern.guard.max-body must not be negative, it is " + maxBody);
        }
        if (bodyTimeout.isNegative()) {
            throw new IllegalArgumentException("discern.guard.body-timeout must not be negative, it is " + bodyTimeout);
        }
    }

    private static void require(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    "discern.guard.%s must not be negative, it is %d".formatted(name, value));
        }
    }
}
