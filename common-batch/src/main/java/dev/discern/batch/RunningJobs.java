package dev.discern.batch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Which executions have a thread of this process at work. Spring Batch writes STOPPED and an end time as soon as a stop is asked
 * for, while the step may go on for a while; until its thread has ended a job is STOPPING, and must not be started again.
 */
final class RunningJobs implements JobExecutionListener {

    private final Set<Long> ids = ConcurrentHashMap.newKeySet();

    @Override
    public void beforeJob(JobExecution execution) {
        ids.add(execution.getId());
    }

    @Override
    public void afterJob(JobExecution execution) {
        ids.remove(execution.getId());
    }

    BatchStatus status(JobExecution execution) {
        BatchStatus written = execution.getStatus();
        return written == BatchStatus.STOPPED && ids.contains(execution.getId()) ? BatchStatus.STOPPING : written;
    }
}
