package dev.discern.training.job;

import dev.discern.training.dataset.ScoringRunReader;
import dev.discern.web.problem.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Checks the scoring runs that requests name: one that is still being asked would teach one thing now and another after a restart. */
@Component
final class CompletedRuns {

    private final ScoringRunReader runs;

    CompletedRuns(ScoringRunReader runs) {
        this.runs = runs;
    }

    /** Refuses a run that is not there, or not completed; {@code pointer} leads to where the request names it. */
    void requireCompleted(long run, String pointer) {
        boolean completed = runs.isCompleted(run)
                .orElseThrow(() -> ProblemException.invalid(pointer, "UNKNOWN", "there is no scoring run " + run));
        if (!completed) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "RUN_NOT_COMPLETED",
                    "scoring run %d is not completed; wait for its job, or restart it".formatted(run));
        }
    }

    /** The judge's name, for people. */
    String judge(long run) {
        return runs.judge(run).orElse("unknown");
    }
}
