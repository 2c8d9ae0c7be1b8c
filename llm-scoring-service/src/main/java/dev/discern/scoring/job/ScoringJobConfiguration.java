package dev.discern.scoring.job;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The scoring and encoding jobs. Their steps commit chunk by chunk, so none of them holds a transaction for its whole length. */
@Configuration(proxyBeanMethods = false)
class ScoringJobConfiguration {

    private final JobRepository repository;

    ScoringJobConfiguration(JobRepository repository) {
        this.repository = repository;
    }

    @Bean
    Job scoringJob(ScoringSteps steps) {
        return new JobBuilder("scoring", repository)
                .start(step("encode-texts", steps::encodeTexts))
                .next(step("draw-candidates", steps::drawCandidates))
                .next(step("pilot", steps::pilot))
                .next(step("order", steps::order))
                .next(step("judge", steps::judge))
                .next(step("derive-pairs", steps::derivePairs))
                .next(step("report", steps::report))
                .build();
    }

    @Bean
    Job encodingJob(EncodingSteps steps) {
        return new JobBuilder("encoding", repository)
                .start(step("encode-texts", steps::encodeTexts))
                .build();
    }

    /** The work of one step. */
    private interface Work {
        void run(JobExecution job) throws Exception;
    }

    private Step step(String name, Work work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.run(contribution.getStepExecution().getJobExecution());
                            return RepeatStatus.FINISHED;
                        },
                        new ResourcelessTransactionManager())
                .build();
    }
}
