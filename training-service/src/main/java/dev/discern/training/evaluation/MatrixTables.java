package dev.discern.training.evaluation;

import dev.discern.training.evaluation.MatrixReport.Cell;
import dev.discern.training.evaluation.MatrixReport.Comparison;
import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Judge;
import dev.discern.training.evaluation.MatrixReport.Row;
import dev.discern.training.gate.GateReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A matrix as titled tables of text, for whatever shows it: the page and the Markdown have the same. */
final class MatrixTables {

    private static final String OFF = "off";
    private static final String NONE = "none";
    private static final String GATED = "gated";
    private static final String PLACEBO = "placebo";
    private static final String ALL = "all";
    private static final List<String> SLICES = List.of(ALL, "cold", "tail", "unseen", "head");
    private static final List<String> JUDGED_SLICES = List.of(ALL, "tail", "unseen");

    private static final Pattern HASH = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");
    private static final String NOTHING = "–";
    private static final String NDCG = Metric.NDCG_10.label();
    private static final String RECALL = Metric.RECALL_10.label();
    private static final String AUC = Metric.AUC.label();

    private final MatrixReport report;

    private MatrixTables(MatrixReport report) {
        this.report = report;
    }

    /**
     * A part of the report.
     *
     * @param words paragraphs above the table
     * @param table null where words are enough
     */
    record Section(
            String title, List<String> words, @Nullable Table table) {}

    /** A table whose rows have as many cells as the header. */
    record Table(List<String> header, List<List<String>> rows) {}

    /** What the whole report is about: the data, who judged, and in which order the items stood. */
    static List<String> summary(MatrixReport report) {
        EvaluationReport.Dataset dataset = report.dataset();
        List<String> words = new ArrayList<>();
        words.add(String.format(
                Locale.ROOT,
                "%,d users, %,d items, %,d interactions; %,d cold users, %,d long-tail items. %d models, each trained with %s.",
                dataset.users(),
                dataset.items(),
                dataset.interactions(),
                dataset.coldUsers(),
                dataset.tailItems(),
                report.rows().size(),
                report.seeds().size() == 1 ? "one seed" : report.seeds().size() + " seeds"));
        words.add(judges(report.judges()));
        if (report.dayOrder() != null) {
            words.add(String.format(
                    Locale.ROOT,
                    "What a user had on one day (UTC) was shuffled before the split, with seed %d: %.0f %% of the test items share"
                            + " their day with the item before them, so that their order is that of a file, not of time.",
                    report.dayOrder().seed(),
                    100 * report.dayOrder().sharedDays()));
        }
        return words;
    }

    /** Each judge once, with those who learned from it. */
    private static String judges(List<Judge> judges) {
        Map<String, List<String>> learners = new LinkedHashMap<>();
        judges.forEach(judge -> learners.computeIfAbsent(
                        "%s (scoring run %d)".formatted(shortName(judge.judge()), judge.run()),
                        name -> new ArrayList<>())
                .add(judge.of()));
        return learners.isEmpty()
                ? "No judge was asked."
                : learners.entrySet().stream()
                        .map(entry -> "%s for %s".formatted(entry.getKey(), String.join(", ", entry.getValue())))
                        .collect(Collectors.joining("; ", "Judge: ", "."));
    }

    /** A recorded judge is called by the hash of its file, of which a few digits tell it from others. */
    private static String shortName(String judge) {
        return HASH.matcher(judge).replaceAll("$1…");
    }

    /** The sections that have something to say. */
    static List<Section> of(MatrixReport report) {
        MatrixTables tables = new MatrixTables(report);
        return Stream.of(
                        tables.accuracy(),
                        tables.differences(),
                        tables.baselines(),
                        tables.controls(),
                        tables.gates(),
                        tables.reweighted(),
                        tables.grid(),
                        tables.exposure(),
                        tables.cost(),
                        tables.warnings())
                .filter(section ->
                        section.table() == null || !section.table().rows().isEmpty())
                .filter(section -> section.table() != null || !section.words().isEmpty())
                .toList();
    }

    private Section accuracy() {
        List<List<String>> rows = report.rows().stream()
                .map(row -> List.of(
                        row.name(),
                        estimate(row.metrics(), ALL, NDCG, 4),
                        difference(row, ALL, NDCG, 4),
                        estimate(row.metrics(), ALL, RECALL, 4),
                        estimate(row.metrics(), ALL, AUC, 3),
                        estimate(row.metrics(), "cold", NDCG, 4),
                        estimate(row.metrics(), "tail", NDCG, 4),
                        estimate(row.metrics(), "unseen", NDCG, 4),
                        estimate(row.metrics(), "head", NDCG, 4)))
                .toList();
        String spread = report.seeds().size() == 1 ? "" : ", ± the standard deviation over the seeds of training";
        return new Section(
                "How well each model ranks",
                List.of(
                        "Means over users of the held-out interaction's metrics, among all items that the user did not have%s."
                                .formatted(spread),
                        "The difference is to off: the same backbone without a regularizer, with the same text gain; of off with a text"
                                + " gain, to off without, so that one sees what the gain alone gives. In brackets its paired 95 % bootstrap interval over users. * marks an interval that excludes zero; of many intervals"
                                + " at 95 % one in twenty does so by chance."),
                new Table(
                        List.of(
                                "model",
                                "NDCG@10",
                                "difference to off",
                                "Recall@10",
                                "AUC",
                                heading("cold"),
                                heading("tail"),
                                heading("unseen"),
                                heading("head")),
                        rows));
    }

    /** With the number of users of the slice. */
    private String heading(String slice) {
        return report.rows().stream()
                .map(row -> row.users().get(slice))
                .filter(Objects::nonNull)
                .findFirst()
                .map(users -> String.format(Locale.ROOT, "NDCG@10 %s (%,d)", slice, users))
                .orElse("NDCG@10 " + slice);
    }

    private Section differences() {
        List<List<String>> rows = report.rows().stream()
                .filter(row -> row.reference() != null)
                .map(row -> Stream.concat(
                                Stream.of(row.name()), SLICES.stream().map(slice -> difference(row, slice, NDCG, 4)))
                        .toList())
                .toList();
        return new Section(
                "Where it differs from the backbone alone",
                List.of(
                        "NDCG@10 minus that of off, by slice; of off with a text gain, minus that of off without. cold: users with at most three interactions. tail: held-out items"
                                + " of the least popular fifth. unseen: held-out items that training has never seen. head: of the few most"
                                + " popular items that have half of the interactions."),
                new Table(header("model", SLICES), rows));
    }

    private Section baselines() {
        List<List<String>> rows = new ArrayList<>();
        for (Row off : report.rows()) {
            for (Row baseline : report.rows()) {
                if (off.regularizer().equals(OFF)
                        && baseline.regularizer().equals(NONE)
                        && comparison(off, baseline, ALL, NDCG).isPresent()) {
                    rows.add(compared(off, baseline, SLICES));
                }
            }
        }
        return new Section(
                "The backbones beside what needs no training",
                List.of("NDCG@10 of the backbone alone minus that of the baseline."),
                new Table(header("models", SLICES), rows));
    }

    private Section controls() {
        List<String> words = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        words.add(
                "NDCG@10 of gated minus that of its controls. judge-free: a gate that never saw a judge. judge-picks: the judge's"
                        + " pairs without its opinion. placebo: a judge whose scores were shuffled. A gain over off that is none over these owes"
                        + " the judge nothing.");
        for (Row gated : report.rows()) {
            if (!gated.regularizer().equals(GATED)) {
                continue;
            }
            List<Row> controls = report.rows().stream()
                    .filter(row -> gated.controls().contains(row.name()))
                    .toList();
            controls.forEach(control -> rows.add(compared(gated, control, JUDGED_SLICES)));
            if (!controls.isEmpty()) {
                words.add(credit(gated, controls));
            }
        }
        return new Section(
                "Whether the judge deserves the credit", words, new Table(header("models", JUDGED_SLICES), rows));
    }

    /** In words: on which slices a gated model beats every control by more than chance. */
    private String credit(Row gated, List<Row> controls) {
        List<String> won = JUDGED_SLICES.stream()
                .filter(slice -> controls.stream()
                        .allMatch(control -> comparison(gated, control, slice, NDCG)
                                .filter(comparison -> comparison.ci95().getFirst() > 0)
                                .isPresent()))
                .toList();
        String names = controls.stream().map(Row::regularizer).collect(Collectors.joining(", "));
        return won.isEmpty()
                ? "%s beats all of its controls (%s) nowhere by more than chance.".formatted(gated.name(), names)
                : "%s beats all of its controls (%s) by more than chance on: %s."
                        .formatted(gated.name(), names, String.join(", ", won));
    }

    private Section gates() {
        List<String> words = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        words.add("Log loss in nats on pairs that the gate was not fitted on: the lower of the two knows more.");
        for (Row row : report.rows()) {
            GateReport gate = row.gate();
            if (gate == null || isGained(row)) {
                continue;
            }
            boolean tells = gate.logLoss() < gate.logLossJudgeFree();
            boolean judged =
                    row.regularizer().equals(GATED) || row.regularizer().equals(PLACEBO);
            rows.add(List.of(
                    row.name(),
                    gate.uncertainty(),
                    fixed(gate.logLoss(), 4),
                    fixed(gate.logLossJudgeFree(), 4),
                    fixed(gate.ece(), 4),
                    fixed(gate.eceJudgeFree(), 4),
                    count(gate.fitPairs()),
                    count(gate.checkPairs()),
                    judged ? tells ? "something new" : "nothing new" : "is not heard"));
            if (row.regularizer().equals(GATED)) {
                words.add(
                        tells
                                ? "%s, go: the judge tells something that the gate does not know without it."
                                        .formatted(row.name())
                                : "%s, no-go: the judge tells nothing new, and cannot help this backbone on this data."
                                        .formatted(row.name()));
            }
        }
        return new Section(
                "Whether the judge tells anything new",
                words,
                new Table(
                        List.of(
                                "model",
                                "uncertainty",
                                "log loss with the judge",
                                "without",
                                "ECE with the judge",
                                "without",
                                "pairs fitted on",
                                "pairs checked on",
                                "the judge"),
                        rows));
    }

    /** Whether a row is another one's model with more weight on rare items' texts: its gate is that one's. */
    private boolean isGained(Row row) {
        return row.rareGain() != null
                && row.rareGain() > 0
                && report.rows().stream()
                        .anyMatch(other -> other.backbone().equals(row.backbone())
                                && other.regularizer().equals(row.regularizer())
                                && Objects.equals(other.rareGain(), 0.0));
    }

    private Section reweighted() {
        List<List<String>> rows = report.rows().stream()
                .filter(row -> !row.reweighted().isEmpty())
                .map(row -> Stream.concat(
                                Stream.of(row.name()),
                                SLICES.stream().map(slice -> estimate(row.reweighted(), slice, NDCG, 4)))
                        .toList())
                .toList();
        return new Section(
                "With items weighted as in the data",
                List.of(
                        "NDCG@10 where an item weighs in the test what it weighs in the data. Where every item has at least a few"
                                + " interactions, an item that is rare in training has the others held out, so that the plain test asks"
                                + " for rare items more often than users did."),
                new Table(header("model", SLICES), rows));
    }

    private Section grid() {
        List<Cell> cells =
                report.rows().isEmpty() ? List.of() : report.rows().getFirst().grid();
        List<List<String>> rows = report.rows().stream()
                .filter(row -> !row.grid().isEmpty())
                .map(row -> Stream.concat(
                                Stream.of(row.name()),
                                cells.stream()
                                        .map(cell -> row.grid().stream()
                                                .filter(own -> own.historyLength()
                                                                .equals(cell.historyLength())
                                                        && own.popularity().equals(cell.popularity())
                                                        && own.users() > 0)
                                                .findFirst()
                                                .map(own -> fixed(own.ndcg10(), 4))
                                                .orElse(NOTHING)))
                        .toList())
                .toList();
        List<String> header = cells.stream()
                .map(cell -> String.format(
                        Locale.ROOT, "%s × %s (%,d)", cell.historyLength(), cell.popularity(), cell.users()))
                .toList();
        return new Section(
                "By history length and popularity",
                List.of("NDCG@10 by the user's interactions × the held-out item's; in brackets the users."),
                new Table(header("model", header), rows));
    }

    private Section exposure() {
        return new Section(
                "What the top 10 show",
                List.of(
                        "Of the first seed. Coverage: share of the catalogue in somebody's list. Gini: 0 where all items are shown"
                                + " alike, near 1 where a few are everywhere. Popularity: mean percentile of what is shown; lift: that minus"
                                + " the mean percentile of what the same users had themselves."),
                new Table(
                        List.of("model", "coverage", "Gini", "popularity", "lift"),
                        report.rows().stream()
                                .map(row -> List.of(
                                        row.name(),
                                        fixed(row.exposure().coverage(), 3),
                                        fixed(row.exposure().gini(), 3),
                                        fixed(row.exposure().popularityPercentile(), 3),
                                        signed(row.exposure().popularityLift(), 3)))
                                .toList()));
    }

    private Section cost() {
        return new Section(
                "What it took",
                List.of(
                        "λ is the regularizer's weight: tuned where it was chosen on validation, preset elsewhere. Seconds of"
                                + " training, mean over the seeds; megabytes of vectors that serving would load."),
                new Table(
                        List.of("model", "λ", "text gain", "validation NDCG@10", "seconds", "MB"),
                        report.rows().stream()
                                .map(row -> List.of(
                                        row.name(),
                                        row.lambda() == null
                                                ? NOTHING
                                                : plain(row.lambda()) + (row.tuned() ? ", tuned" : ", preset"),
                                        row.rareGain() == null ? NOTHING : plain(row.rareGain()),
                                        fixed(row.validation(), 4),
                                        fixed(row.seconds(), 1),
                                        row.megabytes() == 0 ? NOTHING : fixed(row.megabytes(), 1)))
                                .toList()));
    }

    private Section warnings() {
        return new Section(
                "Warnings",
                report.rows().stream()
                        .flatMap(row -> row.warnings().stream().map(warning -> row.name() + ": " + warning))
                        .toList(),
                null);
    }

    private Optional<Comparison> comparison(Row a, Row b, String slice, String metric) {
        return comparison(a.name(), b.name(), slice, metric);
    }

    private Optional<Comparison> comparison(String a, String b, String slice, String metric) {
        return report.comparisons().stream()
                .filter(comparison -> comparison.a().equals(a)
                        && comparison.b().equals(b)
                        && comparison.slice().equals(slice)
                        && comparison.metric().equals(metric))
                .findFirst();
    }

    private String difference(Row row, String slice, String metric, int decimals) {
        return Optional.ofNullable(row.reference())
                .flatMap(reference -> comparison(row.name(), reference, slice, metric))
                .map(comparison -> difference(comparison, decimals))
                .orElse(NOTHING);
    }

    private List<String> compared(Row a, Row b, List<String> slices) {
        return Stream.concat(
                        Stream.of(a.name() + " − " + b.name()),
                        slices.stream()
                                .map(slice -> comparison(a, b, slice, NDCG)
                                        .map(comparison -> difference(comparison, 4))
                                        .orElse(NOTHING)))
                .toList();
    }

    private static List<String> header(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static String difference(Comparison comparison, int decimals) {
        double low = comparison.ci95().getFirst();
        double high = comparison.ci95().getLast();
        if (Double.isNaN(comparison.difference())) {
            return NOTHING;
        }
        return "%s [%s, %s]%s"
                .formatted(
                        signed(comparison.difference(), decimals),
                        signed(low, decimals),
                        signed(high, decimals),
                        low > 0 || high < 0 ? " *" : "");
    }

    private static String estimate(
            Map<String, Map<String, Estimate>> metrics, String slice, String metric, int decimals) {
        Estimate estimate = metrics.getOrDefault(slice, Map.of()).get(metric);
        if (estimate == null || Double.isNaN(estimate.mean())) {
            return NOTHING;
        }
        return fixed(estimate.mean(), decimals)
                + (estimate.deviation() == null ? "" : " ± " + fixed(estimate.deviation(), decimals));
    }

    private static String fixed(@Nullable Double value, int decimals) {
        return value == null || value.isNaN() ? NOTHING : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String signed(double value, int decimals) {
        return String.format(Locale.ROOT, "%+." + decimals + "f", value);
    }

    /** A setting: four digits that count, without the noise that a float brings. */
    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.4f", value).replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
