package dev.discern.serving.live;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Without its database the service is degraded, not dead: it goes on answering, and takes no events. */
@Component
final class DatabaseHealthIndicator implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "answers go on from what is known");

    private final LiveFeed feed;

    DatabaseHealthIndicator(LiveFeed feed) {
        this.feed = feed;
    }

    @Override
    public Health health() {
        if (!feed.hasDatabase()) {
            return Health.unknown()
                    .withDetail(
                            "reason",
                            "no database is configured: events are refused, and answers come from the artifacts alone")
                    .build();
        }
        Health.Builder health = feed.outage()
                .map(outage -> Health.status(DEGRADED)
                        .withDetail("since", outage.since().toString())
                        .withDetail("message", outage.message()))
                .orElseGet(Health::up);
        feed.warning().ifPresent(warning -> health.withDetail("warning", warning));
        return health.withDetail("usersWithNewEvents", feed.data().users())
                .withDetail("changedItems", feed.data().items().size())
                .build();
    }
}
