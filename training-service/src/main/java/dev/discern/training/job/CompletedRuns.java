package dev.discern.training.job;

import dev.discern.training.dataset.ScoringRunReader;
import dev.discern.training.gate.PairKind;
import dev.discern.training.trainer.BackboneKind;
import dev.discern.web.problem.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * The scoring runs that can be learnt from: one that is still being asked would teach one thing now and another after a restart. Checks
 * those that requests name, and finds one for those that name none.
 */
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

    /**
     * The newest run that a backbone can learn from: of those with the kind of pairs that suits it best, else of those with the other.
     *
     * @param pairs the only kind that will do; null for either
     * @throws ProblemException 409 when there is none
     */
    long newest(BackboneKind backbone, @Nullable PairKind pairs) {
        Optional<Long> newest = pairs == null
                ? newest(backbone.pairs()).or(() -> newest(backbone.pairs().other()))
                : newest(pairs);
        return newest.orElseThrow(() -> new ProblemException(
                HttpStatus.CONFLICT,
                "NO_RUN",
                "there is no completed scoring run with %spairs to learn from: ask a judge first"
                        .formatted(pairs == null ? "" : pairs.label() + " ")));
    }

    /** The newest run with pairs of a kind. */
    Optional<Long> newest(PairKind kind) {
        return runs.newestCompleted(kind == PairKind.RESCUE);
    }

    /** The judge's name, for people. */
    String judge(long run) {
        return runs.judge(run).orElse("unknown");
    }
}
