package dev.discern.training.job;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.artifact.ArtifactException;
import dev.discern.training.publish.AliasMovedException;
import dev.discern.training.publish.UnknownVersionException;
import dev.discern.web.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Trains again when a schedule says so. A firing is written to the schedule's row, which is locked meanwhile, before its job starts:
 * of several replicas one fires, and a schedule fires again only when its last firing is settled. Where a process dies between the two,
 * the job is started by the next check; an equal job is not trained twice. A model is promoted, where that is asked for, when its
 * job has ended, through the guard and never in spite of it.
 */
@Component
public class RetrainingSchedules {

    private static final Logger LOG = LoggerFactory.getLogger(RetrainingSchedules.class);

    /** A firing whose job has not been started by then was left by a process that died. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);

    /** The drift is measured again when there are this many times the events of the last time: it reads all interactions. */
    private static final double GROWTH = 1.05;

    private final ScheduleRepository schedules;
    private final TrainingJobs trainingJobs;
    private final Jobs jobs;
    private final PromotionGuard guard;
    private final EventCounts events;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Map<Long, Long> driftMeasuredAt = new ConcurrentHashMap<>(); // schedule to its new events then

    RetrainingSchedules(
            ScheduleRepository schedules,
            TrainingJobs trainingJobs,
            Jobs jobs,
            PromotionGuard guard,
            EventCounts events,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.schedules = schedules;
        this.trainingJobs = trainingJobs;
        this.jobs = jobs;
        this.guard = guard;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** All schedules, in the order in which they were made. */
    public List<Schedule> all() {
        return schedules.findAllByOrderById().stream()
                .map(ScheduleEntity::toRecord)
                .toList();
    }

    /** The schedule of this id; a 404 problem when there is none. */
    public Schedule get(long id) {
        return schedules.findById(id).orElseThrow(() -> unknown(id)).toRecord();
    }

    /** Makes a schedule; its new events count from now. */
    public Schedule add(ScheduleRequest request) {
        TrainingRequest training = checked(request, null);
        ScheduleEntity made = new ScheduleEntity(clock.instant(), events.newest());
        made.set(request, training);
        return schedules.save(made).toRecord();
    }

    /** Replaces what a schedule asks for; its last firing stays. */
    public Schedule replace(long id, ScheduleRequest request) {
        ScheduleEntity there = schedules.findById(id).orElseThrow(() -> unknown(id));
        there.set(request, checked(request, id));
        driftMeasuredAt.remove(id);
        return schedules.save(there).toRecord();
    }

    /** Removes a schedule; a job that it has started goes on. */
    public void remove(long id) {
        schedules.delete(schedules.findById(id).orElseThrow(() -> unknown(id)));
        driftMeasuredAt.remove(id);
    }

    private TrainingRequest checked(ScheduleRequest request, @Nullable Long id) {
        TrainingRequest training = trainingJobs.checked(ScheduleRequests.check(request));
        String name = Objects.requireNonNull(request.name());
        boolean taken = schedules
                .findByName(name)
                .filter(other -> id == null || other.toRecord().id() != id)
                .isPresent();
        if (taken) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NAME_TAKEN", "there is a schedule of the name %s already".formatted(name));
        }
        return training;
    }

    /** Settles what has ended and fires what is due. One schedule's trouble is not another's. */
    @Scheduled(
            initialDelayString = "${discern.schedules.interval:PT30S}",
            fixedDelayString = "${discern.schedules.interval:PT30S}")
    public void check() {
        for (Schedule schedule : all()) {
            try {
                if (schedule.isBusy() && schedule.job() != null) {
                    settle(schedule);
                } else if (schedule.enabled()) {
                    fire(schedule.id());
                }
            } catch (RuntimeException e) {
                LOG.warn("schedule {} could not be checked; the next check tries again", schedule.name(), e);
            }
        }
    }

    private void fire(long id) {
        Schedule fired = transaction.execute(status -> schedules
                .claim(id)
                .filter(row -> claimed(row, clock.instant()))
                .map(ScheduleEntity::toRecord)
                .orElse(null));
        if (fired == null) {
            return;
        }
        LOG.info("schedule {} fires: {}", fired.name(), fired.firedBecause());
        driftMeasuredAt.remove(id);
        try {
            JobResource job = trainingJobs.train(fired.training());
            change(id, row -> row.started(job.id()));
        } catch (ProblemException e) {
            String outcome = "not started: " + e.getMessage();
            LOG.warn("schedule {}: {}", fired.name(), outcome);
            change(id, row -> row.settle(outcome));
        }
    }

    /** Whether this process is to start the schedule's job; the firing is then written. */
    private boolean claimed(ScheduleEntity row, Instant now) {
        Schedule schedule = row.toRecord();
        if (schedule.isBusy()) {
            Instant firedAt = Objects.requireNonNull(schedule.firedAt());
            if (schedule.job() != null || firedAt.plus(START_TIMEOUT).isAfter(now)) {
                return false;
            }
            row.fire(now, Objects.requireNonNull(schedule.firedBecause()), schedule.eventsSeen());
            return true;
        }
        Optional<String> reason =
                ScheduleTrigger.due(schedule, now, () -> events.after(schedule.eventsSeen()), () -> drift(schedule));
        reason.ifPresent(because -> row.fire(now, because, events.newest()));
        return reason.isPresent();
    }

    /** 0 until there are enough more events than when it was last measured. */
    private double drift(Schedule schedule) {
        long now = events.after(schedule.eventsSeen());
        Long measured = driftMeasuredAt.get(schedule.id());
        if (measured != null && now < measured * GROWTH) {
            return 0;
        }
        driftMeasuredAt.put(schedule.id(), now);
        return events.drift(schedule.eventsSeen());
    }

    private void settle(Schedule schedule) {
        long id = Objects.requireNonNull(schedule.job());
        JobResource job = jobs.get(id);
        if (job.endedAt() == null) {
            return;
        }
        String outcome = outcome(schedule, job);
        LOG.info("schedule {}: {}", schedule.name(), outcome);
        change(schedule.id(), row -> {
            if (Objects.equals(row.toRecord().job(), id)) {
                row.settle(outcome);
            }
        });
    }

    private String outcome(Schedule schedule, JobResource job) {
        JsonNode result = job.result();
        if (!job.status().equals("COMPLETED") || result == null) {
            return "job %d %s: %s".formatted(job.id(), job.status(), job.lastError());
        }
        String version = result.path("version").asString();
        if (!schedule.promote()) {
            return "trained " + version;
        }
        try {
            guard.promote(version, "schedule " + schedule.name(), null);
            return "trained %s, which is champion".formatted(version);
        } catch (WorseThanChampionException | UnknownVersionException | AliasMovedException | ArtifactException e) {
            return "trained %s; not promoted: %s".formatted(version, e.getMessage());
        }
    }

    private void change(long id, Consumer<ScheduleEntity> change) {
        transaction.executeWithoutResult(status -> schedules.findById(id).ifPresent(change));
    }

    private static ProblemException unknown(long id) {
        return new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_SCHEDULE", "there is no schedule " + id);
    }
}
