package dev.discern.scoring.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.db.DataVersion;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.scoring.job.InvalidPlanException;
import dev.discern.scoring.job.ScoringPlan;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.web.problem.ProblemException;
import java.io.IOException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Starts scoring. */
@RestController
final class ScoringJobsController {

    private static final int PAIRS_PER_USER = 60;

    private final Jobs jobs;
    private final Job scoring;
    private final Uploads uploads;
    private final DataSource dataSource;

    ScoringJobsController(Jobs jobs, @Qualifier("scoringJob") Job scoring, Uploads uploads, DataSource dataSource) {
        this.jobs = jobs;
        this.scoring = scoring;
        this.uploads = uploads;
        this.dataSource = dataSource;
    }

    /**
     * What to ask; everything has a default.
     *
     * @param judge {@code embedded} (default) or {@code recorded}
     * @param encoder {@code e5-small-v2-q} (default) or {@code all-minilm-l6-v2-q}, for the embedded judge
     * @param judgments id of an uploaded file of recorded answers, for the recorded judge
     * @param users how many users to ask about; all when absent
     * @param seed default 1
     * @param pairsPerUser default 60
     * @param quotas how many candidates each source draws
     */
    record ScoringRequest(
            @Nullable String judge,
            @Nullable String encoder,
            @Nullable String judgments,
            @Nullable Integer users,
            @Nullable Long seed,
            @Nullable Integer pairsPerUser,
            @Nullable Quotas quotas) {}

    @PostMapping("/v1/admin/scoring-jobs")
    ResponseEntity<JobResource> score(@RequestBody ScoringRequest request) throws IOException {
        DataVersion data = DataVersion.read(dataSource);
        if (data.interactions() == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_DATA", "there are no interactions to ask about; import some first");
        }
        if (request.judgments() != null && uploads.find(request.judgments()).isEmpty()) {
            throw ProblemException.invalid("/judgments", "UNKNOWN", "there is no upload " + request.judgments());
        }
        return Jobs.answer(jobs.start(scoring, plan(request, data).toJobParameters()));
    }

    private static ScoringPlan plan(ScoringRequest request, DataVersion data) {
        try {
            return new ScoringPlan(
                    request.judge() == null ? ScoringPlan.EMBEDDED : request.judge(),
                    request.encoder() == null ? EncoderModel.E5_SMALL_V2.label() : request.encoder(),
                    request.judgments(),
                    request.users(),
                    request.seed() == null ? 1 : request.seed(),
                    request.pairsPerUser() == null ? PAIRS_PER_USER : request.pairsPerUser(),
                    request.quotas() == null ? Quotas.DEFAULTS : request.quotas(),
                    data.name());
        } catch (InvalidPlanException e) {
            throw ProblemException.invalid("/" + e.member(), "INVALID", e.message());
        }
    }
}
