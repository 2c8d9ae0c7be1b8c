package dev.discern.batch;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;
import tools.jackson.databind.JsonNode;

/**
 * A job execution as the API shows it.
 *
 * @param status Spring Batch's word: STARTING, STARTED, STOPPING, STOPPED, FAILED, COMPLETED, ABANDONED
 * @param progress of the step that runs; null when none has reported
 * @param lastError why it failed or stopped, in a sentence; null when it did not
 * @param result what the job has to tell; null until it is done
 */
public record JobResource(
        long id,
        String name,
        String status,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Map<String, String> parameters,
        List<StepResource> steps,
        @Nullable ProgressResource progress,
        @Nullable String lastError,
        @Nullable JsonNode result) {

    /** A step of the execution and what it counted. */
    public record StepResource(String name, String status, long readCount, long writeCount, long skipCount) {}

    /**
     * How far the running step is.
     *
     * @param etaSeconds at the step's rate so far; null before it has moved
     * @param costUsd what the job has cost so far; null for work that costs nothing
     * @param metrics what was measured last, by name; null for work that measures nothing
     */
    public record ProgressResource(
            String step,
            long done,
            long total,
            String unit,
            double percent,
            @Nullable Long etaSeconds,
            String detail,
            @Nullable BigDecimal costUsd,
            @Nullable Map<String, Double> metrics) {}

    static JobResource of(JobExecution execution, BatchStatus status, JobProgress.@Nullable Tracked tracked) {
        Map<String, String> parameters = new TreeMap<>();
        execution
                .getJobParameters()
                .parameters()
                .forEach(parameter -> parameters.put(parameter.name(), String.valueOf(parameter.value())));
        boolean told = status == BatchStatus.FAILED || status == BatchStatus.STOPPED;
        String message = execution.getExitStatus().getExitDescription();
        return new JobResource(
                execution.getId(),
                execution.getJobInstance().getJobName(),
                status.name(),
                instant(execution.getCreateTime()),
                instant(execution.getStartTime()),
                status.isRunning() ? null : instant(execution.getEndTime()),
                parameters,
                execution.getStepExecutions().stream().map(JobResource::step).toList(),
                tracked == null || !status.isRunning() ? null : progress(tracked),
                told && !message.isEmpty() ? message : null,
                JobResult.get(execution));
    }

    private static StepResource step(StepExecution step) {
        return new StepResource(
                step.getStepName(),
                step.getStatus().name(),
                step.getReadCount(),
                step.getWriteCount(),
                step.getSkipCount());
    }

    private static ProgressResource progress(JobProgress.Tracked tracked) {
        Progress progress = tracked.progress();
        return new ProgressResource(
                progress.step(),
                progress.done(),
                progress.total(),
                progress.unit(),
                tracked.percent(),
                tracked.etaSeconds().isPresent() ? tracked.etaSeconds().getAsLong() : null,
                progress.detail(),
                progress.costUsd(),
                progress.metrics().isEmpty() ? null : new TreeMap<>(progress.metrics()));
    }

    private static @Nullable Instant instant(@Nullable LocalDateTime time) {
        return time == null ? null : time.atZone(ZoneId.systemDefault()).toInstant();
    }
}
