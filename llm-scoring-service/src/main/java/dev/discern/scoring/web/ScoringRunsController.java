package dev.discern.scoring.web;

import dev.discern.scoring.job.ScoringRun;
import dev.discern.scoring.job.ScoringRuns;
import dev.discern.scoring.reliability.Reliability;
import dev.discern.scoring.reliability.ReliabilityReport;
import dev.discern.web.problem.ProblemException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Runs of judges and how far they can be trusted. */
@RestController
@RequestMapping("/v1/admin")
final class ScoringRunsController {

    private final ScoringRuns runs;
    private final Reliability reliability;

    ScoringRunsController(ScoringRuns runs, Reliability reliability) {
        this.runs = runs;
        this.reliability = reliability;
    }

    @GetMapping("/scoring-runs")
    List<ScoringRun> runs() {
        return runs.all();
    }

    @GetMapping("/reports/reliability")
    ReliabilityReport reliability(@RequestParam long run) {
        ScoringRun found = runs.find(run)
                .orElseThrow(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_RUN", "there is no scoring run " + run));
        return reliability.report(found.id(), found.judge());
    }
}
