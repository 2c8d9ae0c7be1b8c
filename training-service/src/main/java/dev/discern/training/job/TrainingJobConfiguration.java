package dev.discern.training.job;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.configuration.annotation.JobScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * The training, evaluation and matrix jobs. Their steps work in memory and on files for minutes, so they hold no database transaction;
 * what they write to the database they write in one of their own.
 */
@Configuration(proxyBeanMethods = false)
class TrainingJobConfiguration {

    private static final String MATRIX = "#{jobParameters['matrix']}";
    private static final String CELL = "cell";

    private final JobRepository repository;
    private final int concurrentModels;

    /**
     * Over a repository.
     *
     * @param concurrentModels how many models of a matrix are trained at once; as many as there are cores where 0
     */
    TrainingJobConfiguration(
            JobRepository repository, @Value("${discern.training.concurrent-models:0}") int concurrentModels) {
        this.repository = repository;
        this.concurrentModels =
                concurrentModels > 0 ? concurrentModels : Runtime.getRuntime().availableProcessors();
    }

    @Bean
    Job trainingJob(TrainingSteps steps) {
        return new JobBuilder("training", repository)
                .start(step("snapshot", steps::snapshot))
                .next(step("calibrate", steps::calibrate))
                .next(step("fit", steps::fit))
                .next(step("export", steps::export))
                .next(step("register", steps::register))
                .build();
    }

    @Bean
    Job evaluationJob(EvaluationSteps steps) {
        return new JobBuilder("evaluation", repository)
                .start(step("evaluate", steps::evaluate))
                .build();
    }

    @Bean
    Job matrixJob(
            MatrixSteps steps,
            @Qualifier("baseCells") Partitioner bases,
            @Qualifier("trialCells") Partitioner trials,
            @Qualifier("guidedCells") Partitioner guided,
            MatrixCells cells) {
        return new JobBuilder("matrix", repository)
                .start(step("snapshot", steps::snapshot))
                .next(partitioned("bases", bases, cells))
                .next(partitioned("trials", trials, cells))
                .next(partitioned("guided", guided, cells))
                .next(step("report", steps::report))
                .build();
    }

    @Bean
    @JobScope
    Partitioner baseCells(@Value(MATRIX) String plan) {
        return partitioner(MatrixCell.bases(MatrixPlan.of(plan)));
    }

    @Bean
    @JobScope
    Partitioner trialCells(@Value(MATRIX) String plan) {
        return partitioner(MatrixCell.trials(MatrixPlan.of(plan)));
    }

    @Bean
    @JobScope
    Partitioner guidedCells(@Value(MATRIX) String plan) {
        return partitioner(MatrixCell.guided(MatrixPlan.of(plan)));
    }

    private static Partitioner partitioner(List<MatrixCell> cells) {
        return gridSize -> {
            Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
            for (MatrixCell cell : cells) {
                ExecutionContext context = new ExecutionContext();
                context.putString(CELL, cell.toJson());
                contexts.put(cell.file(), context);
            }
            return contexts;
        };
    }

    /** One step execution for each cell: a restarted job does those again that have not ended well. */
    private Step partitioned(String name, Partitioner partitioner, MatrixCells cells) {
        Tasklet tasklet = (contribution, context) -> {
            StepExecution step = contribution.getStepExecution();
            cells.run(
                    step.getJobExecution(),
                    MatrixCell.of(step.getExecutionContext().getString(CELL)));
            return RepeatStatus.FINISHED;
        };
        SimpleAsyncTaskExecutor models = new SimpleAsyncTaskExecutor("matrix-");
        models.setConcurrencyLimit(concurrentModels);
        return new StepBuilder(name, repository)
                .partitioner(name + "-cell", partitioner)
                .step(new StepBuilder(name + "-cell", repository)
                        .tasklet(tasklet, new ResourcelessTransactionManager())
                        .build())
                .gridSize(concurrentModels)
                .taskExecutor(models)
                .build();
    }

    /** The work of one step. */
    private interface Work {
        void run(JobExecution job) throws Exception;
    }

    private Step step(String name, Work work) {
        Tasklet tasklet = (contribution, context) -> {
            work.run(contribution.getStepExecution().getJobExecution());
            return RepeatStatus.FINISHED;
        };
        return new StepBuilder(name, repository)
                .tasklet(tasklet, new ResourcelessTransactionManager())
                .build();
    }
}
