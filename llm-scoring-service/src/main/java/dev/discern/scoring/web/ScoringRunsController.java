package dev.discern.scoring.web;

import dev.discern.scoring.budget.CallLedger;
import dev.discern.scoring.chat.BatchJudge;
import dev.discern.scoring.job.AnswersExport;
import dev.discern.scoring.job.ScoringRun;
import dev.discern.scoring.job.ScoringRuns;
import dev.discern.scoring.llm.BatchApiException;
import dev.discern.scoring.reliability.Reliability;
import dev.discern.scoring.reliability.ReliabilityPage;
import dev.discern.scoring.reliability.ReliabilityReport;
import dev.discern.scoring.reliability.ReliabilityTable;
import dev.discern.web.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Runs of judges, how far they can be trusted, and their answers. */
@RestController
@RequestMapping("/v1/admin")
final class ScoringRunsController {

    private static final int MAX_PAGE = 500;
    private static final String CSV = "text/csv;charset=UTF-8";
    private static final String HTML = "text/html;charset=UTF-8";
    private static final MediaType JSON_LINES = new MediaType("application", "x-ndjson", StandardCharsets.UTF_8);

    private final ScoringRuns runs;
    private final Reliability reliability;
    private final AnswersExport export;
    private final CallLedger ledger;
    private final BatchJudge batches;

    ScoringRunsController(
            ScoringRuns runs, Reliability reliability, AnswersExport export, CallLedger ledger, BatchJudge batches) {
        this.runs = runs;
        this.reliability = reliability;
        this.export = export;
        this.ledger = ledger;
        this.batches = batches;
    }

    @GetMapping("/scoring-runs")
    List<ScoringRun> runs() {
        return runs.all();
    }

    @GetMapping(path = "/reports/reliability", produces = MediaType.APPLICATION_JSON_VALUE)
    ReliabilityReport reliability(@RequestParam long run) {
        return report(run);
    }

    @GetMapping(path = "/reports/reliability", produces = CSV)
    String reliabilityTable(@RequestParam long run) {
        return ReliabilityTable.of(report(run));
    }

    /** A page that may load nothing and run nothing, wherever it is opened. */
    @GetMapping(path = "/reports/reliability", produces = HTML)
    ResponseEntity<String> reliabilityPage(@RequestParam long run) {
        return ResponseEntity.ok()
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                .body(ReliabilityPage.of(report(run)));
    }

    private ReliabilityReport report(long run) {
        ScoringRun found = find(run);
        return reliability.report(found.id(), found.judge(), found.dataVersion(), found.model());
    }

    /** The answers of a run as JSON lines, for the recorded judge. */
    @GetMapping("/judgments")
    ResponseEntity<StreamingResponseBody> judgments(@RequestParam long run) {
        ScoringRun found = find(run);
        return ResponseEntity.ok().contentType(JSON_LINES).body(out -> export.write(found.id(), out));
    }

    /** A page of prompts without scores, and where the next page begins; null at the end. */
    record Failures(
            List<CallLedger.DeadLetter> failures, @Nullable Long nextCursor) {}

    /** The run's prompts that have no scores: why, and what the model wrote. */
    @GetMapping("/scoring-runs/{id}/failures")
    Failures failures(
            @PathVariable long id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "0") long cursor) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw ProblemException.invalid(
                    "limit", "OUT_OF_RANGE", "expected 1 to %d, found %d".formatted(MAX_PAGE, limit));
        }
        List<CallLedger.DeadLetter> page = ledger.failures(find(id).id(), cursor, limit);
        return new Failures(page, page.size() < limit ? null : page.getLast().user());
    }

    /** Batches that were open and are now told to end. */
    record Cancelled(int batches) {}

    /** Cancels the run's open batches at the provider; what they have answered is kept when the job goes on or is restarted. */
    @PostMapping("/scoring-runs/{id}:cancel-batches")
    Cancelled cancelBatches(@PathVariable long id) {
        try {
            return new Cancelled(batches.cancel(find(id).id()));
        } catch (BatchApiException e) {
            throw new ProblemException(HttpStatus.BAD_GATEWAY, "PROVIDER_FAILED", String.valueOf(e.getMessage()));
        }
    }

    private ScoringRun find(long run) {
        return runs.find(run)
                .orElseThrow(() ->
                        new ProblemException(HttpStatus.NOT_FOUND, "UNKNOWN_RUN", "there is no scoring run " + run));
    }
}
