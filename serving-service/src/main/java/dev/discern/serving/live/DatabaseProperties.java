package dev.discern.serving.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The database that takes events, and from which this service hears of others' changes.
 *
 * @param url JDBC; empty for none: answers then come from the artifacts alone
 * @param patience how long a request waits for a connection
 * @param followInterval how long after a change through another replica this one hears of it, at most
 */
@ConfigurationProperties("discern.database")
public record DatabaseProperties(
        @DefaultValue("") String url,
        @DefaultValue("") String user,
        @DefaultValue("") String password,
        @DefaultValue("1s") Duration patience,
        @DefaultValue("200ms") Duration followInterval) {

    /** Whether there is one. */
    public boolean isConfigured() {
        return !url.isEmpty();
    }
}
