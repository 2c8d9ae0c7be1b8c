package dev.discern.training.job;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Whether a schedule is due, and why: the first of cron, new events and drift that holds. */
final class ScheduleTrigger {

    private ScheduleTrigger() {}

    /**
     * Decides.
     *
     * @param newEvents interactions since the last firing; asked only where a trigger needs them
     * @param drift their {@link PopularityDrift}; asked only where a trigger needs it and there are enough
     * @return the reason, with its figures; empty when nothing is due
     */
    static Optional<String> due(Schedule schedule, Instant now, LongSupplier newEvents, DoubleSupplier drift) {
        Instant next = schedule.nextAt();
        if (next != null && !next.isAfter(now)) {
            return Optional.of("%s was due at %s".formatted(schedule.cron(), next));
        }
        if (schedule.newEvents() == null && schedule.drift() == null) {
            return Optional.empty();
        }
        long events = newEvents.getAsLong();
        if (schedule.newEvents() != null && events >= schedule.newEvents()) {
            return Optional.of("%d new events, %d were to be waited for".formatted(events, schedule.newEvents()));
        }
        if (schedule.drift() == null || events < PopularityDrift.LEAST_EVENTS) {
            return Optional.empty();
        }
        double threshold = Objects.requireNonNull(schedule.drift());
        double psi = drift.getAsDouble();
        return psi < threshold
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the items of %d new events have drifted: PSI %.3f, threshold %.3f",
                        events,
                        psi,
                        threshold));
    }
}
