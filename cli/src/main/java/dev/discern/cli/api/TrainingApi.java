package dev.discern.cli.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.discern.cli.terminal.Terminal;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The training service: models, comparisons, aliases. */
public final class TrainingApi {

    /** The alias of the model that is served. */
    public static final String CHAMPION = "champion";

    private static final String EVALUATION_REPORT = "/v1/admin/reports/evaluation?job=";

    private final ServiceClient service;
    private final Jobs jobs;

    /** Over a client of the training service; progress is shown on the terminal. */
    public TrainingApi(ServiceClient service, Terminal terminal) {
        this.service = service;
        this.jobs = new Jobs(service, terminal);
    }

    /**
     * One model to train.
     *
     * @param uncertainty what the gate takes for the model's uncertainty; what suits the backbone when null
     */
    public record TrainingRequest(
            String backbone,
            String regularizer,
            long seed,
            @Nullable Long scoringRun,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String uncertainty,

            int threads,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String warmStart,

            Map<String, BigDecimal> parameters) {

        /** One that begins with fresh parameters, and leaves the uncertainty to the service. */
        public TrainingRequest(
                String backbone,
                String regularizer,
                long seed,
                @Nullable Long scoringRun,
                int threads,
                Map<String, BigDecimal> parameters) {
            this(backbone, regularizer, seed, scoringRun, null, threads, null, parameters);
        }
    }

    /** The model that came out. */
    public record TrainingResult(
            String version,
            String backbone,
            String regularizer,
            long seed,
            int bestEpoch,
            int epochs,
            @Nullable Map<String, Double> validation,
            @Nullable Gate gate,
            @Nullable List<String> warnings) {}

    /**
     * How well a gate knows when to trust the judge, on pairs that it was not fitted on.
     *
     * @param uncertainty what it takes for the model's uncertainty; null of a model from before there was a choice
     */
    public record Gate(
            @Nullable String uncertainty,
            List<Coefficient> coefficients,
            double logLoss,
            double logLossJudgeFree,
            double ece,
            @Nullable Double eceJudgeFree,
            @Nullable Long fitPairs,
            @Nullable Long checkPairs) {

        /** One fitted coefficient. */
        public record Coefficient(
                String name, double value, @Nullable Double standardError) {}
    }

    /** Parameters to look for. */
    public record SearchRequest(
            String backbone,
            String regularizer,
            long seed,
            @Nullable Long scoringRun,
            int trials,
            String strategy,
            @Nullable Integer eta,
            @Nullable Integer rungs,
            Map<String, Range> ranges,
            Map<String, BigDecimal> parameters) {

        /** From low to high, or one of some values. */
        public record Range(
                @Nullable BigDecimal low,
                @Nullable BigDecimal high,
                @Nullable String scale,
                @Nullable List<BigDecimal> values) {}
    }

    /** What a search has found; {@code chosen} is null where all trials have diverged. */
    public record Search(
            String backbone,
            String regularizer,
            long seed,
            @Nullable Long scoringRun,
            String strategy,
            List<Trial> trials,
            @Nullable Chosen chosen) {

        /** A point and how it fared. */
        public record Trial(int trial, Map<String, BigDecimal> parameters, List<Outcome> rungs) {

            /** On the last rung that it came to. */
            public Outcome last() {
                return rungs.getLast();
            }
        }

        /** What came out on a rung: a metric, or why there is none. */
        public record Outcome(
                int rung,
                int epochs,
                @Nullable Double validation,
                double seconds,
                @Nullable String failure) {}

        /** The trial that won; {@code test} by slice, then metric. */
        public record Chosen(
                int trial,
                int rung,
                Map<String, BigDecimal> parameters,
                double validation,
                Map<String, Map<String, @Nullable Double>> test,
                Training training,
                List<String> warnings) {}

        /** The request that trains it. */
        public record Training(
                String backbone,
                String regularizer,
                long seed,
                @Nullable Long scoringRun,
                Map<String, BigDecimal> parameters) {}
    }

    private record EvaluationRequest(@Nullable List<String> models, long seed) {}

    private record MatrixEvaluationRequest(Matrix.Request matrix) {}

    /** The comparison. A metric that a slice cannot have is null. */
    public record Evaluation(
            Dataset dataset,
            List<Model> models,
            List<Comparison> comparisons,
            @Nullable Gate gate) {

        /** What was evaluated on. */
        public record Dataset(long users, long items, long interactions, long coldUsers, long tailItems) {}

        /** One model's metrics: slice (all, cold, tail) to metric to value. */
        public record Model(
                String version,
                String backbone,
                String regularizer,
                long seed,
                Map<String, Map<String, @Nullable Double>> metrics) {}

        /** {@code difference} = a − b on a slice, with its paired bootstrap interval. */
        public record Comparison(String a, String b, String slice, String metric, double difference, Interval ci95) {}
    }

    /** A model in the registry. */
    public record RegisteredModel(
            String version,
            String backbone,
            String regularizer,
            long seed,
            @Nullable String state,
            @Nullable String createdAt,
            @Nullable String dataHash,
            @Nullable String judgmentsHash,
            @Nullable String codeVersion,
            @Nullable String warmStart,
            @Nullable String embeddedFrom) {}

    private record EmbeddingRequest(String version) {}

    /** What came of adding new items to a model; {@code version} is null where there was none to add. */
    public record EmbeddingResult(
            @Nullable String version,
            String embeddedFrom,
            long newItems,
            long withoutVector,
            long withoutText,
            boolean champion) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record AliasTarget(
            String version,
            @Nullable Boolean force,
            @Nullable String reason) {}

    private record AliasAnswer(String version) {}

    /** Trains a model. */
    public TrainingResult train(TrainingRequest request) {
        return jobs.run("train " + request.regularizer(), "/v1/admin/training-jobs", request, TrainingResult.class)
                .result();
    }

    /** Looks for parameters. */
    public Search search(SearchRequest request) {
        return jobs.run("search " + request.regularizer(), "/v1/admin/search-jobs", request, Search.class)
                .result();
    }

    /** Adds the items that a model does not know to it, by their texts. */
    public EmbeddingResult embed(String version) {
        return jobs.run("embed", "/v1/admin/embedding-jobs", new EmbeddingRequest(version), EmbeddingResult.class)
                .result();
    }

    /** Compares models, all there are when null, by slice, on the held-out interactions. */
    public Evaluation evaluate(@Nullable List<String> models, long seed) {
        return jobs.run("evaluate", "/v1/admin/evaluation-jobs", new EvaluationRequest(models, seed), Evaluation.class)
                .result();
    }

    /** Trains and compares many models. */
    public Matrix.Completed matrix(Matrix.Request request) {
        var completed =
                jobs.run("matrix", "/v1/admin/evaluation-jobs", new MatrixEvaluationRequest(request), Matrix.class);
        return new Matrix.Completed(completed.job(), completed.result());
    }

    /** The whole report of an evaluation job as the service tells it. */
    public JsonNode evaluationJson(long job) {
        return service.get(EVALUATION_REPORT + job, JsonNode.class);
    }

    /** The report on a matrix as an HTML page. The caller closes the stream. */
    public InputStream matrixPage(long job) {
        return service.open(EVALUATION_REPORT + job, "text/html");
    }

    /** The report on a matrix as Markdown. The caller closes the stream. */
    public InputStream matrixMarkdown(long job) {
        return service.open(EVALUATION_REPORT + job, "text/markdown");
    }

    /** The registry. */
    public List<RegisteredModel> models() {
        return List.of(service.get("/v1/admin/models", RegisteredModel[].class));
    }

    /** Alias (champion, challenger, shadow) to version. */
    @SuppressWarnings("unchecked")
    public Map<String, @Nullable String> aliases() {
        return service.get("/v1/admin/aliases", Map.class);
    }

    /**
     * Makes a model the champion.
     *
     * @param reason why, if it is to be though it is worse than the champion; null to be refused then
     * @throws WorseThanChampionException if it is refused
     */
    public void promote(String version, @Nullable String reason) {
        try {
            service.put(
                    "/v1/admin/aliases/" + CHAMPION,
                    new AliasTarget(version, reason == null ? null : true, reason),
                    AliasAnswer.class);
        } catch (RefusedException e) {
            if (WorseThanChampionException.CODE.equals(e.problem().code())) {
                throw new WorseThanChampionException(version, e.problem().messages());
            }
            throw e;
        }
    }

    /** The schedules of retraining. */
    public List<Schedule> schedules() {
        return List.of(service.get("/v1/admin/schedules", Schedule[].class));
    }

    /** Makes a schedule. */
    public Schedule addSchedule(ScheduleRequest request) {
        return service.post("/v1/admin/schedules", request, Schedule.class);
    }

    /** Removes a schedule. */
    public void removeSchedule(long id) {
        service.delete("/v1/admin/schedules/" + id);
    }

    /** When to train what again; at least one of {@code cron}, {@code newEvents} and {@code drift} is there. */
    public record ScheduleRequest(
            String name,
            TrainingRequest training,
            @Nullable String cron,
            @Nullable Long newEvents,
            @Nullable Double drift,
            boolean promote) {}

    /** A schedule as the service tells it. */
    public record Schedule(
            long id,
            String name,
            TrainingRequest training,
            @Nullable String cron,
            @Nullable Long newEvents,
            @Nullable Double drift,
            boolean promote,
            boolean enabled,
            @Nullable String nextAt,
            @Nullable String firedAt,
            @Nullable String firedBecause,
            @Nullable Long job,
            @Nullable String outcome) {}

    /** Makes the champion before this one the champion again, and returns it. */
    public String rollback() {
        return service.post("/v1/admin/aliases/" + CHAMPION + ":rollback", AliasAnswer.class)
                .version();
    }
}
