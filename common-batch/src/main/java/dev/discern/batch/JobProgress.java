package dev.discern.batch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The progress of running jobs, in memory: steps report it, the job resource shows it. Long steps ask here whether to stop. */
public class JobProgress {

    /** A step's progress and where it was when it was first reported, so that its rate can be told. */
    record Tracked(Progress progress, long firstDone, Instant firstReport, Instant lastReport) {

        double percent() {
            return progress.total() <= 0 ? 0 : 100.0 * progress.done() / progress.total();
        }

        /** Seconds left at the step's rate so far; empty before it has moved. */
        OptionalLong etaSeconds() {
            long moved = progress.done() - firstDone;
            double seconds = Duration.between(firstReport, lastReport).toMillis() / 1000.0;
            return moved <= 0 || seconds <= 0 || progress.total() <= 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.round((progress.total() - progress.done()) * seconds / moved));
        }
    }

    private final Map<Long, Tracked> tracked = new ConcurrentHashMap<>();
    private final Set<Long> atWork = ConcurrentHashMap.newKeySet();
    private final Set<Long> toStop = ConcurrentHashMap.newKeySet();
    private final Clock clock;

    public JobProgress(Clock clock) {
        this.clock = clock;
    }

    /** Says how far a job execution is; called from its own thread, as often as it likes. */
    public void report(long jobExecutionId, Progress progress) {
        Instant now = clock.instant();
        tracked.compute(
                jobExecutionId,
                (id, before) -> before == null
                                || !before.progress.step().equals(progress.step())
                                || progress.done() < before.progress.done()
                        ? new Tracked(progress, progress.done(), now, now)
                        : new Tracked(progress, before.firstDone, before.firstReport, now));
    }

    @Nullable
    Tracked of(long jobExecutionId) {
        return tracked.get(jobExecutionId);
    }

    /** Whether somebody wants this job execution to stop; a step that takes long asks between its parts. */
    public boolean stopAsked(long jobExecutionId) {
        return toStop.contains(jobExecutionId);
    }

    void askToStop(long jobExecutionId) {
        toStop.add(jobExecutionId);
    }

    /** A thread of this process begins the execution. */
    void begin(long jobExecutionId) {
        atWork.add(jobExecutionId);
    }

    /** Its end is written. */
    void end(long jobExecutionId) {
        atWork.remove(jobExecutionId);
        tracked.remove(jobExecutionId);
        toStop.remove(jobExecutionId);
    }

    /** The executions that a thread of this process has begun and not yet written the end of, as of now. */
    Set<Long> atWork() {
        return Set.copyOf(atWork);
    }
}
