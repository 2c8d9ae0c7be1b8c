package dev.discern.scoring.catalog;

import dev.discern.batch.JobResult;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Sums up and clears the stages. */
@Component
class FinishTasklet implements Tasklet {

    private final ImportHistory history;
    private final Stages stages;

    FinishTasklet(ImportHistory history, Stages stages) {
        this.history = history;
        this.stages = stages;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
        JobExecution execution = contribution.getStepExecution().getJobExecution();
        JobResult.put(execution, history.result(execution));
        stages.drop(execution.getJobInstance().getInstanceId());
        return RepeatStatus.FINISHED;
    }
}
