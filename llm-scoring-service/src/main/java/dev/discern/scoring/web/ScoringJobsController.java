package dev.discern.scoring.web;

import dev.discern.batch.JobResource;
import dev.discern.batch.Jobs;
import dev.discern.common.db.DataVersion;
import dev.discern.scoring.candidate.Quotas;
import dev.discern.scoring.catalog.Uploads;
import dev.discern.scoring.job.CandidateGuides;
import dev.discern.scoring.job.ChatScoring;
import dev.discern.scoring.job.Estimate;
import dev.discern.scoring.job.Estimates;
import dev.discern.scoring.job.InvalidPlanException;
import dev.discern.scoring.job.ScoringPlan;
import dev.discern.scoring.llm.EncoderModel;
import dev.discern.scoring.policy.AskingPolicy;
import dev.discern.scoring.policy.PolicyChoice;
import dev.discern.web.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
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
    private final ChatScoring chat;
    private final CandidateGuides guides;
    private final Estimates estimates;
    private final DataSource dataSource;

    ScoringJobsController(
            Jobs jobs,
            @Qualifier("scoringJob") Job scoring,
            Uploads uploads,
            ChatScoring chat,
            CandidateGuides guides,
            Estimates estimates,
            DataSource dataSource) {
        this.jobs = jobs;
        this.scoring = scoring;
        this.uploads = uploads;
        this.chat = chat;
        this.guides = guides;
        this.estimates = estimates;
        this.dataSource = dataSource;
    }

    /**
     * What to ask; everything has a default.
     *
     * @param judge {@code embedded} (default), {@code recorded}, {@code chat} or {@code batch}
     * @param encoder {@code e5-small-v2-q} (default) or {@code all-minilm-l6-v2-q}, for the embedded judge and for {@code rescue}
     *     candidates
     * @param judgments id of an uploaded file of recorded answers, for the recorded judge
     * @param users how many users to ask about; all when absent
     * @param seed default 1
     * @param pairsPerUser default 60
     * @param quotas how many candidates each source draws
     * @param model the published model that {@code model} and {@code rescue} candidates come from, a version or an alias; the
     *     champion when absent
     * @param policy {@code all} (default), {@code cold-tail} or {@code gate-budget}
     * @param force whether {@code gate-budget} goes on although its pilot speaks against the judge
     * @param permutations orders that an LLM is asked in; default 1
     * @param budgetUsd an LLM may cost so many US dollars at most; no cap when absent
     * @param budgetTokens prompts and answers of an LLM may have so many tokens at most; no cap when absent
     * @param round default 0; raise it to go on after a run of the same request that reached its budget or that the provider failed
     * @param batchDeadline ISO 8601 duration from the first batch, when the batch judge asks the rest by chat; default configured
     */
    record ScoringRequest(
            @Nullable String judge,
            @Nullable String encoder,
            @Nullable String judgments,
            @Nullable Integer users,
            @Nullable Long seed,
            @Nullable Integer pairsPerUser,
            @Nullable Quotas quotas,
            @Nullable String model,
            @Nullable String policy,
            @Nullable Boolean force,
            @Nullable Integer permutations,
            @Nullable BigDecimal budgetUsd,
            @Nullable Long budgetTokens,
            @Nullable Integer round,
            @Nullable Duration batchDeadline) {

        private boolean isChat() {
            return ScoringPlan.asksLlm(judge)
                    || permutations != null
                    || budgetUsd != null
                    || budgetTokens != null
                    || round != null
                    || batchDeadline != null;
        }
    }

    @PostMapping("/v1/admin/scoring-jobs")
    ResponseEntity<JobResource> score(@RequestBody ScoringRequest request) throws IOException {
        return Jobs.answer(jobs.start(scoring, plan(request).toJobParameters()));
    }

    /** What asking an LLM would come to; asks nobody. */
    @PostMapping("/v1/admin/scoring-jobs:estimate")
    Estimate estimate(@RequestBody ScoringRequest request) throws IOException {
        if (!ScoringPlan.asksLlm(request.judge())) {
            throw ProblemException.invalid("/judge", "INVALID", "only an LLM costs money: judge must be chat or batch");
        }
        ScoringPlan plan = plan(request);
        try {
            return estimates.estimate(plan);
        } catch (InvalidPlanException e) {
            throw invalid(e);
        }
    }

    private ScoringPlan plan(ScoringRequest request) throws IOException {
        DataVersion data = DataVersion.read(dataSource);
        if (data.interactions() == 0) {
            throw new ProblemException(
                    HttpStatus.CONFLICT, "NO_DATA", "there are no interactions to ask about; import some first");
        }
        if (request.judgments() != null && uploads.find(request.judgments()).isEmpty()) {
            throw ProblemException.invalid("/judgments", "UNKNOWN", "there is no upload " + request.judgments());
        }
        String judge = request.judge() == null ? ScoringPlan.EMBEDDED : request.judge();
        Quotas quotas = request.quotas() == null ? Quotas.DEFAULTS : request.quotas();
        try {
            ScoringPlan plan = new ScoringPlan(
                    judge,
                    request.encoder() == null ? EncoderModel.E5_SMALL_V2.label() : request.encoder(),
                    request.judgments(),
                    request.users(),
                    request.seed() == null ? 1 : request.seed(),
                    request.pairsPerUser() == null ? PAIRS_PER_USER : request.pairsPerUser(),
                    quotas,
                    guides.version(request.model(), quotas),
                    request.isChat()
                            ? chat.plan(
                                    judge,
                                    request.permutations(),
                                    request.budgetUsd(),
                                    request.budgetTokens(),
                                    request.round(),
                                    request.batchDeadline())
                            : null,
                    new PolicyChoice(policy(request.policy()), Boolean.TRUE.equals(request.force())),
                    data.name());
            guides.requireTexts(plan);
            return plan;
        } catch (InvalidPlanException e) {
            throw invalid(e);
        }
    }

    private static ProblemException invalid(InvalidPlanException e) {
        return ProblemException.invalid("/" + e.member(), "INVALID", e.message());
    }

    private static AskingPolicy policy(@Nullable String label) {
        try {
            return label == null ? AskingPolicy.ALL : AskingPolicy.of(label);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/policy", "INVALID", String.valueOf(e.getMessage()));
        }
    }
}
