package dev.discern.batch;

import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Follows an execution in this process until its end is written. Spring Batch writes the end before it calls listeners, with a stack
 * trace for a message; here the cause becomes a sentence (the log has the trace), and until that is written the job counts as running.
 */
final class JobWatch implements JobExecutionListener {

    private static final int MAX_LENGTH = 2_000;

    private final JobProgress progress;
    private final JobRepository repository;

    JobWatch(JobProgress progress, JobRepository repository) {
        this.progress = progress;
        this.repository = repository;
    }

    @Override
    public void beforeJob(JobExecution execution) {
        progress.begin(execution.getId());
    }

    @Override
    public void afterJob(JobExecution execution) {
        BatchStatus status = execution.getStatus();
        List<Throwable> failures = failures(execution);
        if (status == BatchStatus.FAILED || (status == BatchStatus.STOPPED && !failures.isEmpty())) {
            execution.setExitStatus(new ExitStatus(execution.getExitStatus().getExitCode(), message(failures)));
            repository.update(execution);
        }
        progress.end(execution.getId());
    }

    /** Those of the steps, if there are any: a job that a step has ended knows no more than that. */
    private static List<Throwable> failures(JobExecution execution) {
        List<Throwable> ofSteps = execution.getStepExecutions().stream()
                .flatMap(step -> step.getFailureExceptions().stream())
                .toList();
        return ofSteps.isEmpty() ? execution.getAllFailureExceptions() : ofSteps;
    }

    private static String message(List<Throwable> failures) {
        if (failures.isEmpty()) {
            return "the job failed without telling why; see the service's log";
        }
        Throwable root = failures.get(0);
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String text = message == null || message.isBlank() ? root.getClass().getSimpleName() : message;
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
    }
}
