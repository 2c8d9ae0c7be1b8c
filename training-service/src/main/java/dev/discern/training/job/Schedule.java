package dev.discern.training.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A schedule of retraining and its last firing.
 *
 * @param nextAt when the cron expression is due next; null without one
 * @param eventsSeen the highest interaction number at the last firing, or when the schedule was made
 * @param firedAt null before the first firing
 * @param firedBecause which trigger held, with its figures
 * @param job the training job of the last firing; null until it is started
 * @param outcome of the last firing, in a sentence; null until its job has ended
 */
public record Schedule(
        long id,
        String name,
        TrainingRequest training,
        @Nullable String cron,
        @Nullable Long newEvents,
        @Nullable Double drift,
        boolean promote,
        boolean enabled,
        Instant createdAt,
        @Nullable Instant nextAt,
        long eventsSeen,
        @Nullable Instant firedAt,
        @Nullable String firedBecause,
        @Nullable Long job,
        @Nullable String outcome) {

    /** Whether its last firing is not settled yet. */
    boolean isBusy() {
        return firedAt != null && outcome == null;
    }

    /** When a cron expression is due after a time; null when never. */
    static @Nullable Instant next(String cron, Instant after) {
        ZonedDateTime next = CronExpression.parse(cron).next(after.atZone(ZoneOffset.UTC));
        return next == null ? null : next.toInstant();
    }
}
