package dev.discern.scoring.job;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Table {@code scoring_run}. */
@Component
public class ScoringRuns {

    private final ScoringRunRepository runs;
    private final Clock clock;

    ScoringRuns(ScoringRunRepository runs, Clock clock) {
        this.runs = runs;
        this.clock = clock;
    }

    /** The run of a job, made at its first step; a restarted job finds the one it had. */
    @Transactional
    public ScoringRun open(long jobInstance, String judge, String parameters, String dataVersion) {
        return runs.findByJobInstance(jobInstance)
                .orElseGet(() ->
                        runs.save(new ScoringRunEntity(jobInstance, judge, parameters, dataVersion, clock.instant())))
                .toRecord();
    }

    /** The run of a job that has opened one. */
    @Transactional(readOnly = true)
    public ScoringRun ofJob(long jobInstance) {
        return runs.findByJobInstance(jobInstance)
                .orElseThrow(() -> new IllegalStateException("the job has not opened its run"))
                .toRecord();
    }

    /** Marks a run as over, with this status. */
    @Transactional
    public void complete(long runId, String status) {
        runs.findById(runId).orElseThrow().complete(status, clock.instant());
    }

    /** The run of this id, if there is one. */
    @Transactional(readOnly = true)
    public Optional<ScoringRun> find(long runId) {
        return runs.findById(runId).map(ScoringRunEntity::toRecord);
    }

    /** All runs, newest first. */
    @Transactional(readOnly = true)
    public List<ScoringRun> all() {
        return runs.findAllByOrderByIdDesc().stream()
                .map(ScoringRunEntity::toRecord)
                .toList();
    }
}
