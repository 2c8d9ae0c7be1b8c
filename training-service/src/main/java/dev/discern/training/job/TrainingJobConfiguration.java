package dev.discern.training.job;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
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
