package dev.discern.scoring.catalog;

import dev.discern.batch.JobProgress;
import dev.discern.common.data.Item;
import dev.discern.scoring.catalog.file.FileKind;
import dev.discern.scoring.catalog.file.InteractionRow;
import dev.discern.scoring.catalog.file.RowReader;
import org.springframework.batch.core.configuration.annotation.StepScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The import job. Its files are first read as a whole into stages, where every reject is found, and only then merged: a file that
 * is refused leaves the catalog as it was.
 *
 * <p>A restart goes on reading behind the last chunk that was staged, or, when all had been staged, stages and checks again and
 * goes on merging behind the last chunk that was merged.
 */
@Configuration(proxyBeanMethods = false)
class ImportJobConfiguration {

    static final String JOB_NAME = "import";

    @Bean
    Job importJob(
            Steps steps,
            ValidateHeadersTasklet validateHeaders,
            StageTasklet<Item> stageItems,
            StageTasklet<InteractionRow> stageInteractions,
            CheckRejectsTasklet checkRejects,
            MergeTasklet mergeItems,
            MergeTasklet mergeInteractions,
            FinishTasklet finish,
            Stages stages,
            JobRepository jobs) {
        return new JobBuilder(JOB_NAME, jobs)
                .listener(new RefusedImportListener(stages))
                .start(steps.repeatable(ImportStep.VALIDATE_HEADERS, validateHeaders))
                .next(steps.repeatable(ImportStep.STAGE_ITEMS, stageItems))
                .next(steps.repeatable(ImportStep.STAGE_INTERACTIONS, stageInteractions))
                .next(steps.repeatable(ImportStep.CHECK_REJECTS, checkRejects))
                .next(steps.step(ImportStep.MERGE_ITEMS, mergeItems))
                .next(steps.step(ImportStep.MERGE_INTERACTIONS, mergeInteractions))
                .next(steps.step(ImportStep.FINISH, finish))
                .build();
    }

    @Bean
    @StepScope
    StageTasklet<Item> stageItems(
            Stages stages,
            ImportedFiles files,
            RejectFiles rejects,
            JobProgress progress,
            ImportProperties properties) {
        return new StageTasklet<>(
                ImportStep.STAGE_ITEMS,
                FileKind.ITEMS,
                RowReader::items,
                stages::items,
                files,
                rejects,
                progress,
                properties);
    }

    @Bean
    @StepScope
    StageTasklet<InteractionRow> stageInteractions(
            Stages stages,
            ImportedFiles files,
            RejectFiles rejects,
            JobProgress progress,
            ImportProperties properties) {
        return new StageTasklet<>(
                ImportStep.STAGE_INTERACTIONS,
                FileKind.INTERACTIONS,
                RowReader::interactions,
                stages::interactions,
                files,
                rejects,
                progress,
                properties);
    }

    @Bean
    MergeTasklet mergeItems(Stages stages, JobProgress progress, ImportProperties properties) {
        return new MergeTasklet(ImportStep.MERGE_ITEMS, stages::items, progress, properties);
    }

    @Bean
    MergeTasklet mergeInteractions(Stages stages, JobProgress progress, ImportProperties properties) {
        return new MergeTasklet(ImportStep.MERGE_INTERACTIONS, stages::interactions, progress, properties);
    }

    @Bean
    Steps importSteps(JobRepository jobs, PlatformTransactionManager transactions) {
        return new Steps(jobs, transactions);
    }

    /** Makes tasklets steps, each call of a tasklet a transaction. */
    record Steps(JobRepository jobs, PlatformTransactionManager transactions) {

        /** A step that a restart leaves out when it was complete. */
        Step step(ImportStep step, Tasklet tasklet) {
            return new StepBuilder(step.stepName(), jobs)
                    .tasklet(tasklet, transactions)
                    .build();
        }

        /** A step that every restart does again. */
        Step repeatable(ImportStep step, Tasklet tasklet) {
            return new StepBuilder(step.stepName(), jobs)
                    .tasklet(tasklet, transactions)
                    .allowStartIfComplete(true)
                    .build();
        }
    }
}
