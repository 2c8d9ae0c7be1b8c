package dev.discern.training.job;

import dev.discern.web.problem.ProblemException;
import java.time.Instant;

/** Checks what a schedule is asked to be. */
final class ScheduleRequests {

    private static final int MAX_NAME = 100;
    private static final double MAX_DRIFT = 10;

    private ScheduleRequests() {}

    /**
     * The training that is asked for, when all the rest is right.
     *
     * @throws ProblemException 400 naming the field
     */
    static TrainingRequest check(ScheduleRequest request) {
        String name = request.name();
        if (name == null || name.isBlank() || name.length() > MAX_NAME) {
            throw ProblemException.invalid(
                    "/name", "REQUIRED", "a schedule needs a name of at most %d characters".formatted(MAX_NAME));
        }
        if (request.cron() == null && request.newEvents() == null && request.drift() == null) {
            throw ProblemException.invalid("", "REQUIRED", "say when: one of cron, newEvents and drift is needed");
        }
        if (request.cron() != null) {
            checkCron(request.cron());
        }
        if (request.newEvents() != null && request.newEvents() < 1) {
            throw ProblemException.invalid(
                    "/newEvents", "OUT_OF_RANGE", "newEvents must be at least 1, not " + request.newEvents());
        }
        if (request.drift() != null && !(request.drift() > 0 && request.drift() <= MAX_DRIFT)) {
            throw ProblemException.invalid(
                    "/drift", "OUT_OF_RANGE", "drift must be in (0, %s], not %s".formatted(MAX_DRIFT, request.drift()));
        }
        if (request.training() == null) {
            throw ProblemException.invalid("/training", "REQUIRED", "say what to train; {} is the default");
        }
        return request.training();
    }

    private static void checkCron(String cron) {
        Instant next;
        try {
            next = Schedule.next(cron, Instant.EPOCH);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid(
                    "/cron", "INVALID", "'%s' is no cron expression: %s".formatted(cron, e.getMessage()));
        }
        if (next == null) {
            throw ProblemException.invalid("/cron", "NEVER", "'%s' is never due".formatted(cron));
        }
    }
}
