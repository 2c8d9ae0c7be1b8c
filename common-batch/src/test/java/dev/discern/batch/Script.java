package dev.discern.batch;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * What the two steps of the job do: the first goes round by round, each when the test allows it, and reports its progress; the
 * second fails while it is told to, and tells a result.
 */
final class Script {

    private static final int ROUNDS = 4;

    private final JobProgress progress;
    private final Semaphore rounds = new Semaphore(0);
    private final List<String> done = new ArrayList<>();
    private volatile @Nullable RuntimeException failure;

    Script(JobProgress progress) {
        this.progress = progress;
    }

    /** Forgets all; the first step may run through, the second does not fail. */
    void reset() {
        rounds.drainPermits();
        allow(1_000);
        failure = null;
        synchronized (done) {
            done.clear();
        }
    }

    /** The first step waits from now on. */
    void hold() {
        rounds.drainPermits();
    }

    void allow(int count) {
        rounds.release(count);
    }

    void failWith(@Nullable RuntimeException e) {
        failure = e;
    }

    /** Names of the steps that were run to their end, with the job's parameter {@code name}. */
    List<String> done() {
        synchronized (done) {
            return List.copyOf(done);
        }
    }

    @Nullable
    RepeatStatus first(StepContribution contribution, ChunkContext context) throws InterruptedException {
        JobExecution job = contribution.getStepExecution().getJobExecution();
        int round =
                context.attributeNames().length == 0 ? 0 : (int) Objects.requireNonNull(context.getAttribute("round"));
        progress.report(
                job.getId(),
                new Progress("first", round, ROUNDS, "rounds", "round " + round, BigDecimal.valueOf(25L * round, 2)));
        if (!rounds.tryAcquire(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the test allowed no further round");
        }
        context.setAttribute("round", round + 1);
        if (round + 1 < ROUNDS) {
            return RepeatStatus.CONTINUABLE;
        }
        record("first", job);
        return RepeatStatus.FINISHED;
    }

    @Nullable
    RepeatStatus second(StepContribution contribution, ChunkContext context) {
        RuntimeException e = failure;
        if (e != null) {
            throw e;
        }
        JobExecution job = contribution.getStepExecution().getJobExecution();
        JobResult.put(job, Map.of("rounds", ROUNDS));
        record("second", job);
        return RepeatStatus.FINISHED;
    }

    private void record(String step, JobExecution job) {
        synchronized (done) {
            done.add(step + " of " + job.getJobParameters().getString("name"));
        }
    }
}
