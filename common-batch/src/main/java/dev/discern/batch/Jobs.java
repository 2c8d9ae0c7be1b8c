package dev.discern.batch;

import dev.discern.web.problem.ProblemException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * The jobs of this service. Equal identifying parameters are one piece of work: what is done is not done again, what runs is
 * not started twice, what failed or was stopped goes on where it was.
 */
public class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    private final JobOperator operator;
    private final JobRepository repository;
    private final List<String> names;
    private final JobProgress progress;
    private final RunningJobs running;

    Jobs(JobOperator operator, JobRepository repository, List<Job> jobs, JobProgress progress, RunningJobs running) {
        this.operator = operator;
        this.repository = repository;
        this.names = jobs.stream().map(Job::getName).toList();
        this.progress = progress;
        this.running = running;
    }

    /**
     * Starts, restarts or finds the work of these parameters; it runs in the background.
     *
     * @throws ProblemException 409 when it was abandoned
     */
    public synchronized JobResource start(Job job, JobParameters parameters) {
        JobExecution last = repository.getLastJobExecution(job.getName(), parameters);
        if (last != null && (running.status(last).isRunning() || last.getStatus() == BatchStatus.COMPLETED)) {
            return resource(last);
        }
        try {
            return resource(last == null ? operator.start(job, parameters) : restart(last));
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
        return resource(find(id));
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
        return names.stream()
                .flatMap(name -> repository.getJobInstances(name, 0, Integer.MAX_VALUE).stream())
                .flatMap(instance ->
                        Stream.ofNullable(repository.getJobExecutions(instance)).flatMap(List::stream))
                .filter(execution -> execution.getId() < before)
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .limit(limit)
                .map(this::resource)
                .toList();
    }

    JobResource stop(long id) {
        JobExecution execution = find(id);
        if (!execution.isRunning()) {
            throw conflict("job %d is %s and cannot be stopped".formatted(id, running.status(execution)));
        }
        try {
            operator.stop(execution);
        } catch (JobExecutionException e) {
            throw conflict("job %d has just ended".formatted(id));
        }
        return get(id);
    }

    synchronized JobResource restartAgain(long id) {
        JobExecution execution = find(id);
        requireEnded(execution, "restarted");
        try {
            return resource(restart(execution));
        } catch (JobExecutionException e) {
            throw conflict("job %d cannot be restarted: %s".formatted(id, e.getMessage()));
        }
    }

    JobResource abandon(long id) {
        JobExecution execution = find(id);
        requireEnded(execution, "abandoned");
        try {
            operator.abandon(execution);
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
                operator.recover(execution);
            }
        }
    }

    private JobExecution restart(JobExecution execution) throws JobExecutionException {
        if (execution.getStatus() == BatchStatus.ABANDONED) {
            throw conflict("job %d was abandoned and cannot start again".formatted(execution.getId()));
        }
        return operator.restart(execution);
    }

    private void requireEnded(JobExecution execution, String action) {
        BatchStatus status = running.status(execution);
        if (status != BatchStatus.FAILED && status != BatchStatus.STOPPED) {
            throw conflict("job %d is %s; only a FAILED or STOPPED job can be %s"
                    .formatted(execution.getId(), status, action));
        }
    }

    private JobExecution find(long id) {
        return execution(id)
                .orElseThrow(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_JOB", "there is no job " + id + " here"));
    }

    private JobResource resource(JobExecution execution) {
        return JobResource.of(execution, running.status(execution), progress.of(execution.getId()));
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(HttpStatus.CONFLICT, "JOB_STATE", detail);
    }
}
