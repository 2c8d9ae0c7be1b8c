package dev.discern.batch;

import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/** Puts the cause of a failure, as a sentence, where Spring Batch would put a stack trace (the log has that). */
final class FailureMessage implements JobExecutionListener {

    private static final int MAX_LENGTH = 2_000;
    private static final String FRAME = "\n\tat ";
    private static final String CAUSE = "\nCaused by: ";

    private final JobProgress progress;

    FailureMessage(JobProgress progress) {
        this.progress = progress;
    }

    @Override
    public void afterJob(JobExecution execution) {
        progress.forget(execution.getId());
        if (execution.getStatus() == BatchStatus.FAILED) {
            execution.setExitStatus(
                    new ExitStatus(ExitStatus.FAILED.getExitCode(), message(execution.getAllFailureExceptions())));
        }
    }

    /** The sentence of an exit description, also of one that is still a stack trace: a job is seen to end before this listener. */
    static String sentence(String description) {
        if (!description.contains(FRAME)) {
            return description;
        }
        int cause = description.lastIndexOf(CAUSE);
        String root = cause < 0 ? description : description.substring(cause + CAUSE.length());
        int frames = root.indexOf("\n\t"); // "at …", or "… more" of a cause
        return (frames < 0 ? root : root.substring(0, frames)).replaceFirst("^[\\w.$]+: ", "");
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
