package dev.discern.scoring.catalog;

import dev.discern.batch.JobProgress;
import dev.discern.batch.Progress;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Merges a stage into the catalog, a chunk of rows in each transaction, in order of arrival; or, on a dry run, counts what that
 * would do.
 */
final class MergeTasklet implements Tasklet {

    private static final String LINE = "line";

    private static final String TOTAL = "total";

    private final ImportStep step;
    private final LongFunction<? extends Stage<?>> stages;
    private final JobProgress progress;
    private final int chunkRows;

    MergeTasklet(
            ImportStep step,
            LongFunction<? extends Stage<?>> stages,
            JobProgress progress,
            ImportProperties properties) {
        this.step = step;
        this.stages = stages;
        this.progress = progress;
        this.chunkRows = properties.chunkRows();
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
        StepExecution execution = contribution.getStepExecution();
        Stage<?> stage =
                stages.apply(execution.getJobExecution().getJobInstance().getInstanceId());
        if (ImportParameters.of(execution.getJobParameters()).dryRun()) {
            stage.preview().putInto(execution.getExecutionContext());
            return RepeatStatus.FINISHED;
        }
        return mergeChunk(stage, contribution);
    }

    private RepeatStatus mergeChunk(Stage<?> stage, StepContribution contribution) {
        StepExecution execution = contribution.getStepExecution();
        ExecutionContext context = execution.getExecutionContext();
        long after = context.getLong(LINE, 0);
        OptionalLong last = stage.endOfChunk(after, chunkRows);
        if (last.isEmpty()) {
            return RepeatStatus.FINISHED;
        }
        long total = context.containsKey(TOTAL) ? context.getLong(TOTAL) : stage.count();
        Changes changes = stage.merge(after, last.getAsLong());
        Changes soFar = Changes.in(context).plus(changes);
        soFar.putInto(context);
        context.putLong(TOTAL, total);
        context.putLong(LINE, last.getAsLong());
        contribution.incrementWriteCount(changes.inserted() + changes.updated());
        progress.report(
                execution.getJobExecutionId(),
                new Progress(
                        step.stepName(),
                        soFar.rows(),
                        total,
                        "rows",
                        "%,d inserted, %,d updated, %,d unchanged"
                                .formatted(soFar.inserted(), soFar.updated(), soFar.unchanged())));
        return RepeatStatus.CONTINUABLE;
    }
}
