package dev.discern.scoring.catalog;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalLong;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Starts imports and hands out what they rejected. */
@Component
public final class Imports {

    private final Jobs jobs;
    private final Job importJob;
    private final RejectFiles rejectFiles;
    private final ImportProperties properties;

    Imports(Jobs jobs, @Qualifier("importJob") Job importJob, RejectFiles rejectFiles, ImportProperties properties) {
        this.jobs = jobs;
        this.importJob = importJob;
        this.rejectFiles = rejectFiles;
        this.properties = properties;
    }

    /** The share of rejected rows that is allowed when a request names none. */
    public double defaultMaxRejectShare() {
        return properties.maxRejectShare();
    }

    /** Starts an import, restarts it where it had failed, or finds it done: see {@link Jobs#start}. */
    public JobResource start(ImportParameters parameters) {
        return jobs.start(importJob, parameters.toJobParameters());
    }

    /** The import that a job execution belongs to; empty when there is no such execution or it is another job's. */
    public OptionalLong importOf(long jobExecutionId) {
        return jobs.execution(jobExecutionId)
                .map(JobExecution::getJobInstance)
                .filter(instance -> instance.getJobName().equals(ImportJobConfiguration.JOB_NAME))
                .map(instance -> OptionalLong.of(instance.getInstanceId()))
                .orElse(OptionalLong.empty());
    }

    /** Writes the rejects of an import as CSV with the columns {@code file,line,column,reason,value}. */
    public void copyRejects(long importId, OutputStream out) throws IOException {
        rejectFiles.copy(importId, out);
    }
}
