package dev.discern.cli.report;

import dev.discern.cli.api.Matrix;
import dev.discern.cli.api.Matrix.Estimate;
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

    private static final String OFF = "off";
    private static final String NONE = "none";
    private static final String GATED = "gated";
    private static final List<String> CONTROLS = List.of("judge-free", "judge-picks", "placebo");

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
                "Differences are to off of the same backbone, with paired bootstrap 95 % intervals over users; * excludes zero.");
        gates(lines);
        for (Row row : matrix.rows()) {
            for (String warning : row.warnings() == null ? List.<String>of() : row.warnings()) {
                lines.add("Warning, " + row.name() + ": " + warning);
            }
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
                + reference(row)
                        .flatMap(off -> comparison(row, off, column))
                        .map(comparison -> " " + difference(comparison))
                        .orElse("");
    }

    private void controls(List<String> lines) {
        TextTable table = new TextTable(header("gated minus"));
        boolean any = false;
        for (Row gated : rows(row -> row.regularizer().equals(GATED))) {
            for (Row control : rows(row -> CONTROLS.contains(row.regularizer())
                    && row.backbone().equals(gated.backbone())
                    && Objects.equals(row.rareGain(), gated.rareGain()))) {
                List<String> cells = Stream.of(Column.values())
                        .map(column -> comparison(gated, control, column)
                                .map(MatrixTable::difference)
                                .orElse("–"))
                        .toList();
                if (cells.stream().anyMatch(cell -> !cell.equals("–"))) {
                    table.row(Stream.concat(Stream.of(control.name()), cells.stream())
                            .toList());
                    any = true;
                }
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

    /** The backbone alone that a row is compared with: that of its own text gain where there is one. */
    private Optional<Row> reference(Row row) {
        List<Row> references = rows(other -> other.regularizer().equals(OFF)
                && other.backbone().equals(row.backbone())
                && comparison(row, other, Column.ALL).isPresent());
        return references.stream()
                .filter(other -> Objects.equals(other.rareGain(), row.rareGain()))
                .findFirst()
                .or(() -> references.stream().findFirst());
    }

    private Optional<Comparison> comparison(Row a, Row b, Column column) {
        return matrix.comparisons().stream()
                .filter(comparison -> comparison.a().equals(a.name())
                        && comparison.b().equals(b.name())
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
