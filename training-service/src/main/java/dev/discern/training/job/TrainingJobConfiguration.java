package dev.discern.training.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.configuration.annotation.JobScope;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
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
 * The training, embedding, evaluation, matrix and search jobs. Their steps work in memory and on files for minutes, so they hold no database transaction;
 * what they write to the database they write in one of their own.
 */
@Configuration(proxyBeanMethods = false)
class TrainingJobConfiguration {

    private static final String MATRIX = "#{jobParameters['matrix']}";
    private static final String CELL = "cell";
    private static final String TRIAL = "trial";

    private final JobRepository repository;
    private final int concurrentModels;

    /**
     * Over a repository.
     *
     * @param concurrentModels how many models of a matrix or a search are trained at once; as many as there are cores where 0
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
    Job embeddingJob(EmbeddingSteps steps) {
        return new JobBuilder("embedding", repository)
                .start(step("embed", steps::embed))
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
                .next(partitioned("bases", "cell", bases, cell(cells)))
                .next(partitioned("trials", "cell", trials, cell(cells)))
                .next(partitioned("guided", "cell", guided, cell(cells)))
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

    /** As many steps as there can be rungs; those that a search does not need have nothing to do. */
    @Bean
    Job searchJob(SearchSteps steps, SearchTrials trials, RungTrials rungTrials) {
        SimpleJobBuilder job = new JobBuilder("search", repository).start(step("snapshot", steps::snapshot));
        for (int n = 1; n <= HalvingSchedule.MAX_RUNGS; n++) {
            int rung = n;
            job = job.next(partitioned(
                    "rung-" + rung,
                    "trial",
                    gridSize -> rungTrials.of(rung),
                    (execution, context) -> trials.run(execution, rung, context.getInt(TRIAL))));
        }
        return job.next(step("report", steps::report)).build();
    }

    /** The trials of a rung of the job that runs. */
    interface RungTrials {
        Map<String, ExecutionContext> of(int rung);
    }

    @Bean
    @JobScope
    RungTrials rungTrials(@Value("#{jobExecution}") JobExecution job, SearchTrials trials) {
        return rung -> {
            Map<String, ExecutionContext> contexts = new LinkedHashMap<>();
            try {
                for (int trial : trials.of(job, rung)) {
                    ExecutionContext context = new ExecutionContext();
                    context.putInt(TRIAL, trial);
                    contexts.put("trial-" + trial, context);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return contexts;
        };
    }

    /** The work of one part of a partitioned step. */
    private interface Part {
        void run(JobExecution job, ExecutionContext context) throws Exception;
    }

    private static Part cell(MatrixCells cells) {
        return (job, context) -> cells.run(job, MatrixCell.of(context.getString(CELL)));
    }

    /** One step execution for each part: a restarted job does those again that have not ended well. */
    private Step partitioned(String name, String part, Partitioner partitioner, Part work) {
        Tasklet tasklet = (contribution, context) -> {
            StepExecution step = contribution.getStepExecution();
            work.run(step.getJobExecution(), step.getExecutionContext());
            return RepeatStatus.FINISHED;
        };
        SimpleAsyncTaskExecutor models = new SimpleAsyncTaskExecutor(name + "-");
        models.setConcurrencyLimit(concurrentModels);
        return new StepBuilder(name, repository)
                .partitioner(name + "-" + part, partitioner)
                .step(new StepBuilder(name + "-" + part, repository)
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
