package dev.discern.training.publish;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which versions stay.
 *
 * @param versions how many of each backbone and regularizer, the newest ones; at least 1
 * @param days how long a version stays after an alias last pointed to it; at least 0
 */
@ConfigurationProperties("discern.retention")
public record RetentionProperties(
        @DefaultValue("10") int versions,
        @DefaultValue("30") int days) {

    public RetentionProperties {
        if (versions < 1) {
            throw new IllegalArgumentException("discern.retention.versions must be at least 1, not " + versions);
        }
        if (days < 0) {
            throw new IllegalArgumentException("discern.retention.days must be at least 0, not " + days);
        }
    }
}
