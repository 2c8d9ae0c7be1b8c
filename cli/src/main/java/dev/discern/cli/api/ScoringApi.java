package dev.discern.cli.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.discern.cli.terminal.CliException;
import dev.discern.cli.terminal.Terminal;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The scoring service: uploads, imports, scoring runs, the judge's report. */
public final class ScoringApi {

    private final ServiceClient service;
    private final Jobs jobs;

    /** Over a client of the scoring service; progress is shown on the terminal. */
    public ScoringApi(ServiceClient service, Terminal terminal) {
        this.service = service;
        this.jobs = new Jobs(service, terminal);
    }

    /** A stored file; the same bytes have the same id. */
    public record Upload(String uploadId, String name, long bytes, String sha256) {}

    private record ImportRequest(String items, String interactions, double maxRejectShare, boolean dryRun) {}

    /** What an import did, and the job that has its rejected rows. */
    public record Imported(long job, ImportResult result) {}

    /** Counts of an import. */
    public record ImportResult(ItemCounts items, InteractionCounts interactions, long users, long rejects) {

        /** Rows of the items file. */
        public record ItemCounts(long read, long inserted, long updated, long unchanged, long rejected) {}

        /** Rows of the interactions file. */
        public record InteractionCounts(long read, long inserted, long unchanged, long rejected) {}
    }

    /** What the database holds. */
    public record Catalog(long users, long items, long interactions, String dataVersion) {}

    /** What to ask whom; what is null the service decides. */
    public record ScoringRequest(
            String judge,
            @Nullable String encoder,
            @Nullable String judgments,
            @Nullable Integer users,
            long seed,
            @Nullable Integer pairsPerUser,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Quotas quotas,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String model,

            @JsonUnwrapped @Nullable Asking asking,
            @JsonUnwrapped @Nullable Chat chat) {

        /** What no chat judge is asked, about candidates as the service draws them. */
        public ScoringRequest(
                String judge,
                @Nullable String encoder,
                @Nullable String judgments,
                @Nullable Integer users,
                long seed,
                @Nullable Integer pairsPerUser) {
            this(judge, encoder, judgments, users, seed, pairsPerUser, null, null, null, null);
        }

        /** How many candidates each source draws. */
        public record Quotas(int uniform, int popular, int tail, int cold, int model, int rescue) {}

        /** Whom to ask, where it is not everybody. */
        public record Asking(String policy, boolean force) {}

        /**
         * What the chat and batch judges alone know.
         *
         * @param batchDeadline ISO 8601 duration, of the batch judge
         */
        public record Chat(
                @Nullable Integer permutations,
                @Nullable BigDecimal budgetUsd,
                @Nullable Long budgetTokens,
                @Nullable Integer round,
                @Nullable String batchDeadline) {}
    }

    /** What asking an LLM would come to. */
    public record ScoringEstimate(
            String judge,
            long prompts,
            long answered,
            long calls,
            long promptTokens,
            long completionTokens,
            @Nullable BigDecimal cost,
            long worstTokens,
            @Nullable BigDecimal worstCost,
            @Nullable Long pilotPrompts,
            @Nullable String priceDate) {}

    /** What asking came to. */
    public record ScoringResult(
            long runId,
            String status,
            long prompts,
            long scored,
            long failed,
            @Nullable Map<String, Long> failures,
            long calls,
            long promptTokens,
            long completionTokens,
            double cost,
            @Nullable Long resumedFrom,
            long pairs,
            long auditPrompts,
            @Nullable Long undone,
            @Nullable Pilot pilot) {

        /** How the pilot of {@code gate-budget} went. */
        public record Pilot(
                long prompts,
                Reliability.Control judgeAccuracy,
                Reliability.Control popularity,
                Reliability.@Nullable Control encoder,
                @Nullable Double logLoss,
                @Nullable Double logLossJudgeFree,
                String explanation) {}

        /** Whether prompts are left that the budget did not bear. */
        public boolean budgetReached() {
            return status.equals("BUDGET_REACHED");
        }

        /** Whether nobody was asked about but the pilot, which does not show the judge to be of use. */
        public boolean judgeNoBetter() {
            return status.equals("JUDGE_NO_BETTER");
        }
    }

    private record ScoringRun(long id, String status) {}

    private record EncodingRequest(@Nullable String encoder) {}

    /** What encoding came to. */
    public record EncodingResult(String encoder, long texts, long encoded) {}

    /** How often the judge puts a held-out interaction above the other candidates; what is null the service did not tell. */
    public record Reliability(
            long runId,
            String judge,
            @Nullable Double pairAccuracy,
            @Nullable Interval ci95,
            long auditPrompts,
            List<Slice> bySlice,
            @Nullable Control popularity,
            @Nullable Model model,
            @Nullable Verdict verdict,
            @Nullable List<Weighting> weightings,
            @Nullable Double catalogueCoverage,
            @Nullable Calibration calibration,
            @Nullable PopularityLift popularityLift,
            @Nullable SlotEffect slotEffect,
            @Nullable Figure unchangedOrder,
            @Nullable List<Favourite> favourites,
            @Nullable Cost cost,
            @Nullable List<String> notes) {

        /** The same for one history length and item popularity. */
        public record Slice(
                String historyLength,
                String popularity,
                long n,
                @Nullable Double pairAccuracy,
                @Nullable Interval ci95,
                @Nullable Control popularityWins,
                @Nullable Control encoderWins,
                @Nullable Control modelWins) {}

        /** The same for another order of the same pairs: by popularity, or by the encoder. */
        public record Control(
                @Nullable Double pairAccuracy, @Nullable Interval ci95) {}

        /** The same for a published model. */
        public record Model(
                String version,
                @Nullable Double pairAccuracy,
                @Nullable Interval ci95) {}

        /** A figure with its interval. */
        public record Figure(
                @Nullable Double value, @Nullable Interval ci95) {}

        /** Whether the judge is worth listening to. */
        public record Verdict(String text) {}

        /** The judge beside popularity, the encoder and the published model on one choice of pairs. */
        public record Weighting(
                String weighting,
                long pairs,
                Control judge,
                Control popularity,
                Figure overPopularity,
                @Nullable Control encoder,
                @Nullable Figure overEncoder,
                @Nullable Control model,
                @Nullable Figure overModel) {}

        /** What the judge's margin is worth. */
        public record Calibration(
                double slope, @Nullable Interval slopeCi95, List<Bin> curve, double ece, double brier) {

            /** What was promised and what was observed. */
            public record Bin(
                    long pairs,
                    double promised,
                    double observed,
                    @Nullable Interval ci95) {}
        }

        /** Popularity percentile of what is preferred minus that of the other. */
        public record PopularityLift(Figure judge, Figure popularity, Figure users) {}

        /** How far the place sways the judge. */
        public record SlotEffect(Figure firstOverSecondHalf, List<Slot> slots) {

            /** The exams whose audit item stood at one place. */
            public record Slot(Control audit) {}
        }

        /** An item that the judge scores high whoever is asked about. */
        public record Favourite(
                String itemId,
                long popularity,
                long prompts,
                double meanScore,
                @Nullable Interval ci95) {}

        /** What the answers cost. */
        public record Cost(
                double usd, double usdPerPrompt, @Nullable Double usdPerPoint) {}
    }

    /** Stores a file in the service. */
    public Upload upload(Path file) {
        String name = URLEncoder.encode(String.valueOf(file.getFileName()), StandardCharsets.UTF_8);
        return service.upload("/v1/admin/uploads?name=" + name, file, Upload.class);
    }

    /** Uploads two files and imports them. */
    public Imported importFiles(Path items, Path interactions, double maxRejectShare, boolean dryRun) {
        ImportRequest request =
                new ImportRequest(upload(items).uploadId(), upload(interactions).uploadId(), maxRejectShare, dryRun);
        var completed = jobs.run("import", "/v1/admin/import-jobs", request, ImportResult.class);
        return new Imported(completed.job(), completed.result());
    }

    /** Asks a judge. */
    public ScoringResult score(ScoringRequest request) {
        return jobs.run("score", "/v1/admin/scoring-jobs", request, ScoringResult.class)
                .result();
    }

    /** Encodes the texts of items that are not encoded yet; null for the encoder that has encoded most. */
    public EncodingResult encode(@Nullable String encoder) {
        return jobs.run("encode", "/v1/admin/encoding-jobs", new EncodingRequest(encoder), EncodingResult.class)
                .result();
    }

    /** Tells what asking an LLM would come to; nobody is asked. */
    public ScoringEstimate estimate(ScoringRequest request) {
        return service.post("/v1/admin/scoring-jobs:estimate", request, ScoringEstimate.class);
    }

    /** What the database holds now. */
    public Catalog catalog() {
        return service.get("/v1/admin/catalog", Catalog.class);
    }

    /**
     * The newest run that is over.
     *
     * @throws CliException when there is none
     */
    public long newestRun() {
        return Arrays.stream(service.get("/v1/admin/scoring-runs", ScoringRun[].class))
                .filter(run -> !run.status().equals("RUNNING"))
                .findFirst()
                .orElseThrow(() -> CliException.failed("no judge has been asked yet: run `discern score`"))
                .id();
    }

    /** What the audit prompts of a run say of its judge. */
    public Reliability reliability(long run) {
        return service.get("/v1/admin/reports/reliability?run=" + run, Reliability.class);
    }

    /** The whole report of a run as the service tells it. */
    public JsonNode reliabilityJson(long run) {
        return service.get("/v1/admin/reports/reliability?run=" + run, JsonNode.class);
    }

    /** The same as an HTML page. The caller closes the stream. */
    public InputStream reliabilityPage(long run) {
        return service.open("/v1/admin/reports/reliability?run=" + run, "text/html");
    }

    /** The answers of a run as JSON lines. The caller closes the stream. */
    public InputStream judgments(long run) {
        return service.open("/v1/admin/judgments?run=" + run);
    }

    /** The rejected rows of an import as CSV. The caller closes the stream. */
    public InputStream rejects(long job) {
        return service.open("/v1/admin/jobs/" + job + "/rejects");
    }
}
