package dev.discern.training.job;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.StoppableTasklet;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The training and evaluation jobs. Their steps work in memory and on files for minutes, so they hold no database transaction;
 * what they write to the database they write in one of their own.
 */
@Configuration(proxyBeanMethods = false)
class TrainingJobConfiguration {

    private final JobRepository repository;

    TrainingJobConfiguration(JobRepository repository) {
        this.repository = repository;
    }

    @Bean
    Job trainingJob(TrainingSteps steps) {
        return new JobBuilder("training", repository)
                .start(step("snapshot", steps::snapshot))
                .next(step("calibrate", steps::calibrate))
                .next(step("fit", new Fit(steps)))
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

    /** The work of one step. */
    private interface Work {
        void run(JobExecution job) throws Exception;
    }

    private Step step(String name, Work work) {
        return step(name, (Tasklet) (contribution, context) -> {
            work.run(contribution.getStepExecution().getJobExecution());
            return RepeatStatus.FINISHED;
        });
    }

    private Step step(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet, new ResourcelessTransactionManager())
                .build();
    }

    /** The one long step, which can be asked to stop. */
    private record Fit(TrainingSteps steps) implements StoppableTasklet {

        @Override
        public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
            steps.fit(contribution.getStepExecution().getJobExecution());
            return RepeatStatus.FINISHED;
        }

        @Override
        public void stop(StepExecution execution) {
            steps.stopFit(execution.getJobExecutionId());
        }

        @Override
        @SuppressWarnings("removal") // the interface still asks for it
        public void stop() {
            throw new UnsupportedOperationException("a stop names its execution");
        }
    }
}
