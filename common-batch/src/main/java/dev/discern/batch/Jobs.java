package dev.discern.batch;

import dev.discern.web.problem.ProblemException;
import java.net.URI;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The jobs of this service. Equal identifying parameters are one piece of work: what is done is not done again, what runs is
 * not started twice, what failed or was stopped goes on where it was.
 */
public class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private static final int STOP_ATTEMPTS = 5;

    private final JobOperator operator;
    private final JobRepository repository;
    private final List<String> names;
    private final JobProgress progress;

    Jobs(JobOperator operator, JobRepository repository, List<Job> jobs, JobProgress progress) {
        this.operator = operator;
        this.repository = repository;
        this.names = jobs.stream().map(Job::getName).toList();
        this.progress = progress;
    }

    /**
     * Starts, restarts or finds the work of these parameters; it runs in the background.
     *
     * @throws ProblemException 409 when it was abandoned
     */
    public synchronized JobResource start(Job job, JobParameters parameters) {
        Set<Long> atWork = progress.atWork();
        JobExecution last = repository.getLastJobExecution(job.getName(), parameters);
        if (last != null && (status(last, atWork).isRunning() || last.getStatus() == BatchStatus.COMPLETED)) {
            return resource(last, atWork);
        }
        try {
            return resource(last == null ? operator.start(job, parameters) : restart(last), progress.atWork());
        } catch (JobExecutionException e) {
            throw conflict(e.getMessage() == null ? "the job cannot start" : e.getMessage());
        }
    }

    /** 200 for work that was done before, 202 for work under way, with its address. */
    public static ResponseEntity<JobResource> answer(JobResource job) {
        boolean done = job.status().equals(BatchStatus.COMPLETED.name());
        return ResponseEntity.status(done ? HttpStatus.OK : HttpStatus.ACCEPTED)
                .location(URI.create("/v1/admin/jobs/" + job.id()))
                .body(job);
    }

    /** The job of this id; a 404 problem when there is none here. */
    public JobResource get(long id) {
        Set<Long> atWork = progress.atWork();
        return resource(find(id), atWork);
    }

    /** The execution of this id; empty when none of this service's jobs has it. */
    public Optional<JobExecution> execution(long id) {
        try {
            return Optional.ofNullable(repository.getJobExecution(id))
                    .filter(execution ->
                            names.contains(execution.getJobInstance().getJobName()));
        } catch (EmptyResultDataAccessException e) {
            return Optional.empty(); // the JDBC repository throws where its contract says null
        }
    }

    /** The newest executions of this service's jobs whose id is below {@code before}. */
    List<JobResource> newest(long before, int limit) {
        Set<Long> atWork = progress.atWork();
        return names.stream()
                .flatMap(name -> repository.getJobInstances(name, 0, Integer.MAX_VALUE).stream())
                .flatMap(instance ->
                        Stream.ofNullable(repository.getJobExecutions(instance)).flatMap(List::stream))
                .filter(execution -> execution.getId() < before)
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .limit(limit)
                .map(execution -> resource(execution, atWork))
                .toList();
    }

    /**
     * Marks a job to be stopped; its thread then ends the step and the job. The operator's own stop also writes the running step's row, and
     * that thread, finding a newer version of it, leaves the job in an unknown state.
     */
    JobResource stop(long id) {
        for (int attempt = 1; ; attempt++) {
            JobExecution execution = find(id);
            if (!execution.isRunning()) {
                throw conflict("job %d is %s and cannot be stopped".formatted(id, execution.getStatus()));
            }
            try {
                execution.setStatus(BatchStatus.STOPPING);
                repository.update(execution);
                progress.askToStop(id); // not before: a job that ends at once would find its row changed under it
                return get(id);
            } catch (OptimisticLockingFailureException e) { // the job has just come further
                if (attempt == STOP_ATTEMPTS) {
                    throw conflict("job %d is busy changing its state; try again".formatted(id));
                }
            }
        }
    }

    synchronized JobResource restartAgain(long id) {
        requireEnded(id, "restarted");
        try {
            return resource(restart(find(id)), progress.atWork());
        } catch (JobExecutionException e) {
            throw conflict("job %d cannot be restarted: %s".formatted(id, e.getMessage()));
        }
    }

    JobResource abandon(long id) {
        requireEnded(id, "abandoned");
        try {
            operator.abandon(find(id));
        } catch (JobExecutionException e) {
            throw conflict("job %d cannot be abandoned: %s".formatted(id, e.getMessage()));
        }
        return get(id);
    }

    /** Marks what a killed process left running as failed, so that it can be started again. */
    void recoverAfterKill() {
        for (String name : names) {
            for (JobExecution execution : repository.findRunningJobExecutions(name)) {
                LOG.warn(
                        "job {} ({}) was running when this service ended; it can be restarted",
                        execution.getId(),
                        name);
                fail(execution, "the service ended while the job was running; restart it");
            }
        }
    }

    /** Asks whatever runs here to stop, since the service is about to end. */
    void stopAll() {
        for (long id : progress.atWork()) {
            try {
                stop(id);
            } catch (RuntimeException e) { // it has just ended, or the database is away: the service ends all the same
                LOG.warn("job {} could not be stopped before the end of this service: {}", id, e.getMessage());
            }
        }
    }

    /**
     * Writes the end that nobody wrote. The operator's own recovery does so once for a job and all its restarts: it marks the context that
     * they hand on. And it leaves an unknown end unknown.
     */
    private void fail(JobExecution execution, String reason) {
        ExitStatus failed = new ExitStatus(ExitStatus.FAILED.getExitCode(), reason);
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        for (StepExecution step : execution.getStepExecutions()) {
            if (step.getStatus().isRunning() || step.getStatus() == BatchStatus.UNKNOWN) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(failed);
                step.setEndTime(now);
                repository.update(step);
            }
        }
        execution.setStatus(BatchStatus.FAILED);
        execution.setExitStatus(failed);
        execution.setEndTime(now);
        repository.update(execution);
    }

    private JobExecution restart(JobExecution execution) throws JobExecutionException {
        if (execution.getStatus() == BatchStatus.ABANDONED) {
            throw conflict("job %d was abandoned and cannot start again".formatted(execution.getId()));
        }
        if (execution.getStatus() == BatchStatus.UNKNOWN) {
            fail(execution, "the end of the job could not be written; restart it");
        }
        return operator.restart(execution);
    }

    private void requireEnded(long id, String action) {
        Set<Long> atWork = progress.atWork();
        BatchStatus status = status(find(id), atWork);
        if (status != BatchStatus.FAILED && status != BatchStatus.STOPPED && status != BatchStatus.UNKNOWN) {
            throw conflict("job %d is %s; only a FAILED or STOPPED job can be %s".formatted(id, status, action));
        }
    }

    private JobExecution find(long id) {
        return execution(id)
                .orElseThrow(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_JOB", "there is no job " + id + " here"));
    }

    private JobResource resource(JobExecution execution, Set<Long> atWork) {
        return JobResource.of(execution, status(execution, atWork), progress.of(execution.getId()));
    }

    /**
     * The written status, but that an execution runs until the last word on its end is written.
     *
     * @param atWork what was at work before the execution was read: asked afterwards, an execution could have ended in between
     */
    private static BatchStatus status(JobExecution execution, Set<Long> atWork) {
        BatchStatus written = execution.getStatus();
        if (written.isRunning() || !atWork.contains(execution.getId())) {
            return written;
        }
        return written == BatchStatus.STOPPED ? BatchStatus.STOPPING : BatchStatus.STARTED;
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "JOB_STATE", detail);
    }
}
