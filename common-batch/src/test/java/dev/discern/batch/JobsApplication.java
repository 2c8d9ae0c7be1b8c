package dev.discern.batch;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.support.transaction.ResourcelessTransactionManager;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A service with one job of two steps, which do what a test's script says. */
@SpringBootConfiguration
@EnableAutoConfiguration
class JobsApplication {

    @Bean
    Script script(JobProgress progress) {
        return new Script(progress);
    }

    @Bean
    Job work(JobRepository repository, Script script) {
        return new JobBuilder("work", repository)
                .start(step(repository, "first", script::first))
                .next(step(repository, "second", script::second))
                .build();
    }

    private static Step step(JobRepository repository, String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet, new ResourcelessTransactionManager())
                .build();
    }
}
