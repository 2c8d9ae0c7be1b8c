package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.UnusableFileException;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;

/**
 * Drops the stages of an import whose files were refused: it would be refused again, unless the catalog changes first. An import
 * that was stopped or failed for another reason keeps its stages to go on from.
 */
final class RefusedImportListener implements JobExecutionListener {

    private final Stages stages;

    RefusedImportListener(Stages stages) {
        this.stages = stages;
    }

    @Override
    public void afterJob(JobExecution execution) {
        if (execution.getAllFailureExceptions().stream().anyMatch(UnusableFileException.class::isInstance)) {
            stages.drop(execution.getJobInstance().getInstanceId());
        }
    }
}
