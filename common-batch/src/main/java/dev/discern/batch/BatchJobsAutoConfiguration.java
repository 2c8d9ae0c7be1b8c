package dev.discern.batch;

import java.time.Clock;
import java.util.List;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.batch.core.job.AbstractJob;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.batch.autoconfigure.BatchTaskExecutor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.task.TaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Jobs in the background, as resources, on tables that a migration makes. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
public class BatchJobsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    JavaMigration batchTables() {
        return new BatchTables();
    }

    /** Jobs are long and heavy: a few at a time, the others wait in line. */
    @Bean
    @BatchTaskExecutor
    TaskExecutor batchTaskExecutor(@Value("${discern.jobs.concurrent:1}") int concurrent) {
        ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
        executor.setCorePoolSize(concurrent);
        executor.setMaxPoolSize(concurrent);
        executor.setThreadNamePrefix("job-");
        return executor;
    }

    @Bean
    JobProgress jobProgress(Clock clock) {
        return new JobProgress(clock);
    }

    @Bean
    Jobs jobs(JobOperator operator, JobRepository repository, List<Job> jobs, JobProgress progress) {
        for (Job job : jobs) {
            if (job instanceof AbstractJob withListeners) {
                withListeners.registerJobExecutionListener(new JobWatch(progress, repository));
            }
        }
        return new Jobs(operator, repository, jobs, progress);
    }

    @Bean
    JobsController jobsController(Jobs jobs) {
        return new JobsController(jobs);
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> recoverAfterKill(Jobs jobs) {
        return ready -> jobs.recoverAfterKill();
    }

    /** While the context closes, the executor waits for its threads; a job that is told goes on where it was, and is not cut off. */
    @Bean
    ApplicationListener<ContextClosedEvent> stopBeforeTheEnd(Jobs jobs) {
        return closed -> jobs.stopAll();
    }
}
