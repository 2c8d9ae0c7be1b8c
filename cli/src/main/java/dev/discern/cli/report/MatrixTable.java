package dev.discern.cli.report;

import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.Matrix.Estimate;
import dev.discern.cli.api.Matrix.Judge;
import dev.discern.cli.api.Matrix.Row;
import dev.discern.cli.api.TrainingApi.Evaluation.Comparison;
import dev.discern.cli.api.TrainingApi.Evaluation.Dataset;
import dev.discern.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A matrix as text: a block for each backbone, a row for each model, each metric with its difference to the unregularized backbone and the
 * difference's 95 % interval; then {@code gated} beside its controls. A star marks an interval that excludes zero.
 */
public final class MatrixTable {

    private static final String NONE = "none";
    private static final String GATED = "gated";

    private final Matrix matrix;

    /** Of a matrix. */
    public MatrixTable(Matrix matrix) {
        this.matrix = matrix;
    }

    private enum Column {
        ALL("all", "ndcg@10", "NDCG@10"),
        TAIL("tail", "ndcg@10", "of tail items"),
        UNSEEN("unseen", "ndcg@10", "of unseen items"),
        RECALL("all", "recall@10", "Recall@10");

        private final String slice;
        private final String metric;
        private final String title;

        Column(String slice, String metric, String title) {
            this.slice = slice;
            this.metric = metric;
            this.title = title;
        }
    }

    /** The lines. */
    public List<String> lines() {
        Dataset dataset = matrix.dataset();
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%,d users, %,d items, %,d interactions; %d models, seeds %s",
                dataset.users(),
                dataset.items(),
                dataset.interactions(),
                matrix.rows().size(),
                matrix.seeds()));
        lines.addAll(origin());
        block(lines, "Without training", rows(row -> row.regularizer().equals(NONE)));
        for (String backbone : matrix.rows().stream()
                .filter(row -> !row.regularizer().equals(NONE))
                .map(Row::backbone)
                .distinct()
                .toList()) {
            block(
                    lines,
                    backbone,
                    rows(row ->
                            !row.regularizer().equals(NONE) && row.backbone().equals(backbone)));
        }
        controls(lines);
        lines.add("");
        lines.add(
                "Differences are to off of the same backbone and text gain, and of off with a gain to off without; with paired bootstrap"
                        + " 95 % intervals over users; * excludes zero.");
        gates(lines);
        for (Row row : matrix.rows()) {
            for (String warning : row.warnings() == null ? List.<String>of() : row.warnings()) {
                lines.add("Warning, " + row.name() + ": " + warning);
            }
        }
        return lines;
    }

    /** Who judged, and in which order items stood. */
    private List<String> origin() {
        List<String> lines = new ArrayList<>();
        for (Judge judge : matrix.judges() == null ? List.<Judge>of() : matrix.judges()) {
            lines.add("Judge of %s: %s, scoring run %d".formatted(judge.of(), judge.judge(), judge.run()));
        }
        if (matrix.dayOrder() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Days shuffled with seed %d: %.0f %% of the test items share their day with the item before",
                    matrix.dayOrder().seed(),
                    100 * matrix.dayOrder().sharedDays()));
        }
        return lines;
    }

    private List<Row> rows(Predicate<Row> which) {
        return matrix.rows().stream().filter(which).toList();
    }

    private void block(List<String> lines, String title, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        TextTable table = new TextTable(header("model"));
        for (Row row : rows) {
            table.row(Stream.concat(
                            Stream.of(shortName(row)),
                            Stream.of(Column.values()).map(column -> cell(row, column)))
                    .toList());
        }
        lines.addAll(table.lines());
    }

    private static String[] header(String first) {
        return Stream.concat(Stream.of(first), Stream.of(Column.values()).map(column -> column.title))
                .toArray(String[]::new);
    }

    /** Without the backbone, which the block names. */
    private static String shortName(Row row) {
        String prefix = row.backbone() + " ";
        return row.name().startsWith(prefix) ? row.name().substring(prefix.length()) : row.name();
    }

    private String cell(Row row, Column column) {
        Estimate estimate = row.metrics().getOrDefault(column.slice, Map.of()).get(column.metric);
        if (estimate == null || estimate.mean() == null || estimate.mean().isNaN()) {
            return "–";
        }
        return String.format(Locale.ROOT, "%.4f", estimate.mean())
                + Optional.ofNullable(row.reference())
                        .flatMap(reference -> comparison(row.name(), reference, column))
                        .map(comparison -> " " + difference(comparison))
                        .orElse("");
    }

    private void controls(List<String> lines) {
        TextTable table = new TextTable(header("models"));
        boolean any = false;
        for (Row gated : rows(row -> row.controls() != null)) {
            for (String control : Objects.requireNonNull(gated.controls())) {
                table.row(Stream.concat(
                                Stream.of(gated.name() + " − " + control),
                                Stream.of(Column.values())
                                        .map(column -> comparison(gated.name(), control, column)
                                                .map(MatrixTable::difference)
                                                .orElse("–")))
                        .toList());
                any = true;
            }
        }
        if (any) {
            lines.add("");
            lines.add("gated beside its controls: a gain that is none here owes the judge nothing");
            lines.addAll(table.lines());
        }
    }

    private void gates(List<String> lines) {
        Set<String> told = new HashSet<>(); // a model's rows with other text gains have the same gate
        for (Row row : rows(row -> row.regularizer().equals(GATED))) {
            if (row.gate() != null && told.add(row.backbone())) {
                lines.add("Gate of " + row.name() + ": " + TrainingText.logLoss(row.gate()));
            }
        }
    }

    private Optional<Comparison> comparison(String a, String b, Column column) {
        return matrix.comparisons().stream()
                .filter(comparison -> comparison.a().equals(a)
                        && comparison.b().equals(b)
                        && comparison.slice().equals(column.slice)
                        && comparison.metric().equals(column.metric))
                .findFirst();
    }

    private static String difference(Comparison comparison) {
        return String.format(
                Locale.ROOT,
                "%+.4f [%+.4f, %+.4f]%s",
                comparison.difference(),
                comparison.ci95().low(),
                comparison.ci95().high(),
                comparison.ci95().excludesZero() ? "*" : "");
    }
}
