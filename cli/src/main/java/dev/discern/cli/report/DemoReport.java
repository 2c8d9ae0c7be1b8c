package dev.discern.cli.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.discern.cli.api.Interval;
import dev.discern.cli.api.ScoringApi.Reliability;
import dev.discern.cli.api.TrainingApi;
import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The file that {@code --json} writes. Tools read it: its fields are a contract, and are copied here one by one. */
public record DemoReport(
        Evaluation.Dataset dataset,
        Runs runs,
        Judge judge,
        @Nullable Gate gate,
        List<Model> models,
        List<Evaluation.Comparison> comparisons,
        Seconds seconds) {

    private static final List<String> SLICES = List.of("all", "cold", "tail", "unseen", "head");
    private static final List<String> METRICS = List.of("auc", "ndcg@10", "recall@20");
    private static final String USERS = "users";

    /**
     * The scoring runs.
     *
     * @param scoring what the judge was asked about everybody: the source of the judge's figures, and of what models learn from it
     * @param rescue what it was asked about rare items, from which they learn instead; null where it was not
     */
    public record Runs(long scoring, @Nullable Long rescue) {}

    /** How often the judge was right, and where. */
    public record Judge(String name, @Nullable Double pairAccuracy, long auditPrompts, List<JudgeSlice> bySlice) {}

    /** The same for one history length and item popularity. */
    public record JudgeSlice(
            String historyLength,
            String popularity,
            long n,
            @Nullable Double pairAccuracy,
            @Nullable Interval ci95) {}

    /** The fitted gate, measured on pairs that it was not fitted on. */
    public record Gate(
            List<TrainingApi.Gate.Coefficient> coefficients, double logLoss, double logLossJudgeFree, double ece) {}

    /** One model; slice to metric to value, {@code users} a count. */
    public record Model(
            String version,
            String backbone,
            String regularizer,
            long seed,
            Map<String, Map<String, @Nullable Number>> metrics) {}

    /** Wall time of each part as this run saw it: next to nothing where earlier work was found. */
    @JsonPropertyOrder({"import", "score", "train", "evaluate", "export"})
    public record Seconds(
            @JsonProperty("import") double imported, double score, double train, double evaluate, double export) {}

    /** Takes from the services' reports what the contract has. */
    public static DemoReport of(Runs runs, Reliability reliability, Evaluation evaluation, Seconds seconds) {
        return new DemoReport(
                evaluation.dataset(),
                runs,
                judge(reliability),
                gate(evaluation.gate()),
                evaluation.models().stream().map(DemoReport::model).toList(),
                evaluation.comparisons(),
                seconds);
    }

    private static Judge judge(Reliability reliability) {
        List<JudgeSlice> slices = reliability.bySlice().stream()
                .map(slice -> new JudgeSlice(
                        slice.historyLength(), slice.popularity(), slice.n(), slice.pairAccuracy(), slice.ci95()))
                .toList();
        return new Judge(reliability.judge(), reliability.pairAccuracy(), reliability.auditPrompts(), slices);
    }

    private static @Nullable Gate gate(TrainingApi.@Nullable Gate gate) {
        return gate == null ? null : new Gate(gate.coefficients(), gate.logLoss(), gate.logLossJudgeFree(), gate.ece());
    }

    private static Model model(Evaluation.Model model) {
        Map<String, Map<String, @Nullable Number>> slices = new LinkedHashMap<>();
        for (String slice : SLICES) {
            slices.put(slice, metrics(model.metrics().getOrDefault(slice, Map.of())));
        }
        return new Model(model.version(), model.backbone(), model.regularizer(), model.seed(), slices);
    }

    private static Map<String, @Nullable Number> metrics(Map<String, @Nullable Double> all) {
        Map<String, @Nullable Number> metrics = new LinkedHashMap<>();
        METRICS.forEach(metric -> metrics.put(metric, all.get(metric)));
        Double users = all.get(USERS);
        metrics.put(USERS, users == null ? 0 : users.longValue());
        return metrics;
    }

    /**
     * Writes the report.
     *
     * @throws CliException when the file cannot be written
     */
    public void write(Path file) {
        try {
            Files.writeString(
                    file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw CliException.failed("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
