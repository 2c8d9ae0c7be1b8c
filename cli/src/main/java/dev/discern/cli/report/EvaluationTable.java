package dev.discern.cli.report;

import dev.discern.cli.api.Interval;
import dev.discern.cli.api.TrainingApi.Evaluation;
import dev.discern.cli.api.TrainingApi.Evaluation.Comparison;
import dev.discern.cli.api.TrainingApi.Evaluation.Model;
import dev.discern.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The comparison as text: a block for each slice that somebody is in, a row for each model, each metric with its difference to the
 * unregularized backbone and the difference's 95 % interval. A star marks an interval that excludes zero.
 */
public final class EvaluationTable {

    private static final String BASELINE = "off";

    private final Evaluation evaluation;

    /** Of an evaluation. */
    public EvaluationTable(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    private enum Slice {
        ALL("all", "All users"),
        COLD("cold", "Cold users (at most 3 interactions)"),
        TAIL("tail", "Long-tail items (least popular 20 %)"),
        UNSEEN("unseen", "Items without a training interaction"),
        HEAD("head", "Head items (the most popular, with half of the interactions)");

        private final String key;
        private final String title;

        Slice(String key, String title) {
            this.key = key;
            this.title = title;
        }
    }

    private enum Metric {
        AUC("auc", "AUC", 3),
        NDCG("ndcg@10", "NDCG@10", 4),
        RECALL("recall@20", "Recall@20", 4);

        private final String key;
        private final String title;
        private final int decimals;

        Metric(String key, String title, int decimals) {
            this.key = key;
            this.title = title;
            this.decimals = decimals;
        }

        private String format(double value) {
            return String.format(Locale.ROOT, "%." + decimals + "f", value);
        }

        private String signed(double value) {
            return String.format(Locale.ROOT, "%+." + decimals + "f", value);
        }
    }

    /** The lines. */
    public List<String> lines() {
        boolean severalBackbones =
                evaluation.models().stream().map(Model::backbone).distinct().count() > 1;
        List<String> lines = new ArrayList<>();
        for (Slice slice : Slice.values()) {
            long users = users(slice);
            if (users == 0) {
                continue;
            }
            lines.add("");
            lines.add(String.format(Locale.ROOT, "%s: %,d", slice.title, users));
            TextTable table = new TextTable("model", Metric.AUC.title, Metric.NDCG.title, Metric.RECALL.title);
            for (Model model : evaluation.models()) {
                table.row(row(
                        severalBackbones ? model.backbone() + " " + model.regularizer() : model.regularizer(),
                        model,
                        slice));
            }
            lines.addAll(table.lines());
        }
        if (evaluation.models().stream().anyMatch(model -> model.regularizer().equals(BASELINE))) {
            lines.add("");
            lines.add("Differences are to off%s, with paired bootstrap 95 %% intervals over users; * excludes zero."
                    .formatted(severalBackbones ? " of the same backbone" : ""));
        }
        return lines;
    }

    /** How many were tested: the same for all models. */
    private long users(Slice slice) {
        return evaluation.models().stream()
                .map(model -> model.metrics().getOrDefault(slice.key, Map.of()).get("users"))
                .filter(Objects::nonNull)
                .mapToLong(Double::longValue)
                .findFirst()
                .orElse(0);
    }

    /** The backbone alone, that a model is compared with. */
    private Optional<Model> baseline(Model model) {
        return evaluation.models().stream()
                .filter(other ->
                        other.regularizer().equals(BASELINE) && other.backbone().equals(model.backbone()))
                .findFirst();
    }

    private List<String> row(String name, Model model, Slice slice) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        for (Metric metric : Metric.values()) {
            cells.add(cell(model, slice, metric, baseline(model)));
        }
        return cells;
    }

    private String cell(Model model, Slice slice, Metric metric, Optional<Model> baseline) {
        Double value = model.metrics().getOrDefault(slice.key, Map.of()).get(metric.key);
        if (value == null) {
            return "–";
        }
        return metric.format(value)
                + baseline.map(off -> difference(model.version(), off.version(), slice, metric))
                        .orElse("");
    }

    private String difference(String version, String baseline, Slice slice, Metric metric) {
        return evaluation.comparisons().stream()
                .filter(comparison -> comparison.slice().equals(slice.key)
                        && comparison.metric().equals(metric.key))
                .map(comparison -> towards(comparison, version, baseline))
                .filter(comparison -> comparison != null)
                .findFirst()
                .map(comparison -> " %s [%s, %s]%s"
                        .formatted(
                                metric.signed(comparison.difference()),
                                metric.signed(comparison.ci95().low()),
                                metric.signed(comparison.ci95().high()),
                                comparison.ci95().excludesZero() ? "*" : ""))
                .orElse("");
    }

    /** The comparison as version − baseline, whichever way round it was made; null when it is of others. */
    private static @Nullable Comparison towards(Comparison comparison, String version, String baseline) {
        if (comparison.a().equals(version) && comparison.b().equals(baseline)) {
            return comparison;
        }
        if (comparison.a().equals(baseline) && comparison.b().equals(version)) {
            Interval interval = comparison.ci95();
            return new Comparison(
                    version,
                    baseline,
                    comparison.slice(),
                    comparison.metric(),
                    -comparison.difference(),
                    new Interval(-interval.high(), -interval.low()));
        }
        return null;
    }
}
