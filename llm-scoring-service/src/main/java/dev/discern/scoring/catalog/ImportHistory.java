package dev.discern.scoring.catalog;

import dev.discern.scoring.catalog.file.FileKind;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/** What the steps of an import have committed, in this execution or in one before a restart. */
@Component
class ImportHistory {

    private final JobRepository jobs;

    ImportHistory(JobRepository jobs) {
        this.jobs = jobs;
    }

    /** How far the file of this kind was read. */
    Staged staged(JobExecution execution, FileKind kind) {
        return Staged.in(context(
                execution,
                switch (kind) {
                    case ITEMS -> ImportStep.STAGE_ITEMS;
                    case INTERACTIONS -> ImportStep.STAGE_INTERACTIONS;
                }));
    }

    /** All that a finished import did. */
    ImportResult result(JobExecution execution) {
        Staged items = staged(execution, FileKind.ITEMS);
        Changes itemChanges = Changes.in(context(execution, ImportStep.MERGE_ITEMS));
        Staged interactions = staged(execution, FileKind.INTERACTIONS);
        Changes interactionChanges = Changes.in(context(execution, ImportStep.MERGE_INTERACTIONS));
        ExecutionContext check = context(execution, ImportStep.CHECK_REJECTS);
        long itemRejects = items.rejected() + CheckRejectsTasklet.rejected(check, FileKind.ITEMS);
        long interactionRejects = interactions.rejected() + CheckRejectsTasklet.rejected(check, FileKind.INTERACTIONS);
        return new ImportResult(
                new ImportResult.Items(
                        items.read(),
                        itemChanges.inserted(),
                        itemChanges.updated(),
                        itemChanges.unchanged(),
                        itemRejects),
                new ImportResult.Interactions(
                        interactions.read(),
                        interactionChanges.inserted(),
                        interactionChanges.unchanged(),
                        interactionRejects),
                interactionChanges.users(),
                itemRejects + interactionRejects);
    }

    private ExecutionContext context(JobExecution execution, ImportStep step) {
        StepExecution last = jobs.getLastStepExecution(execution.getJobInstance(), step.stepName());
        return last == null ? new ExecutionContext() : last.getExecutionContext();
    }
}
