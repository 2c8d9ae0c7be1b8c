package dev.discern.cli.report;

import dev.discern.cli.api.Interval;
import dev.discern.cli.api.ScoringApi.Reliability;
import dev.discern.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far the judge can be trusted, as text. */
public final class JudgeText {

    private static final String NOTHING = "–";
    private static final List<String> POPULARITY = List.of("<=5", "6-30", ">30");

    private JudgeText() {}

    /** One or two sentences. */
    public static List<String> summary(Reliability report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Judge %s: right on %s of the pairs with a held-out interaction (%,d audit prompts).",
                report.judge(),
                share(report.pairAccuracy(), report.ci95()),
                report.auditPrompts()));
        if (report.popularity() != null) {
            lines.add("Popularity alone: " + share(report.popularity()) + " of the same pairs.");
        }
        Reliability.Model model = report.model();
        if (model != null) {
            lines.add("The model %s: %s of those that it knows."
                    .formatted(model.version(), share(model.pairAccuracy(), model.ci95())));
        }
        return lines;
    }

    /** Whether the judge is worth listening to; nothing where the service does not say. */
    public static List<String> verdict(Reliability report) {
        return report.verdict() == null ? List.of() : List.of(report.verdict().text());
    }

    /** The whole report. */
    public static List<String> lines(Reliability report) {
        List<String> lines = new ArrayList<>(summary(report));
        lines.addAll(verdict(report));
        addBlock(lines, weightings(report));
        addBlock(lines, slices(report));
        addBlock(lines, calibration(report));
        addBlock(lines, answers(report));
        if (report.notes() != null) {
            addBlock(lines, report.notes());
        }
        return lines;
    }

    private static void addBlock(List<String> lines, List<String> block) {
        if (!block.isEmpty()) {
            lines.add("");
            lines.addAll(block);
        }
    }

    private static List<String> weightings(Reliability report) {
        if (report.weightings() == null || report.weightings().isEmpty()) {
            return List.of();
        }
        TextTable table =
                new TextTable("pairs", "number", "judge", "popularity", "difference", "encoder", "difference");
        for (Reliability.Weighting weighting : report.weightings()) {
            table.row(List.of(
                    weighting.weighting(),
                    count(weighting.pairs()),
                    share(weighting.judge()),
                    share(weighting.popularity()),
                    signed(weighting.overPopularity()),
                    weighting.encoder() == null ? NOTHING : share(weighting.encoder()),
                    weighting.overEncoder() == null ? NOTHING : signed(weighting.overEncoder())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(models(report.weightings()));
        if (report.catalogueCoverage() != null) {
            lines.add("The candidates stand for " + percent(report.catalogueCoverage()) + " of the catalogue.");
        }
        return lines;
    }

    /** The judge beside the published model: a table of its own, for lines that are not too long; none without a model. */
    private static List<String> models(List<Reliability.Weighting> weightings) {
        TextTable table = new TextTable("pairs", "model", "judge - model");
        boolean compared = false;
        for (Reliability.Weighting weighting : weightings) {
            if (weighting.model() != null && weighting.overModel() != null) {
                compared = true;
                table.row(List.of(weighting.weighting(), share(weighting.model()), signed(weighting.overModel())));
            }
        }
        return compared ? table.lines() : List.of();
    }

    /** By history length (down) and item popularity (across): the judge, popularity, and how many prompts. */
    public static List<String> slices(Reliability report) {
        if (report.bySlice().isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable("history", "item seen <=5", "6-30", ">30");
        Set<String> histories = new LinkedHashSet<>();
        report.bySlice().forEach(slice -> histories.add(slice.historyLength()));
        for (String history : histories) {
            List<String> cells = new ArrayList<>(List.of(history));
            for (String popularity : POPULARITY) {
                cells.add(report.bySlice().stream()
                        .filter(slice -> slice.historyLength().equals(history)
                                && slice.popularity().equals(popularity))
                        .findFirst()
                        .map(JudgeText::cell)
                        .orElse(NOTHING));
            }
            table.row(cells);
        }
        List<String> lines = new ArrayList<>(table.lines());
        boolean model = report.bySlice().stream().anyMatch(slice -> slice.modelWins() != null);
        lines.add("Judge / popularity%s (prompts), by the user's history and the held-out item's interactions."
                .formatted(model ? " / model" : ""));
        return lines;
    }

    private static String cell(Reliability.Slice slice) {
        Double popularity =
                slice.popularityWins() == null ? null : slice.popularityWins().pairAccuracy();
        String model =
                slice.modelWins() == null ? "" : " / " + share(slice.modelWins().pairAccuracy());
        return "%s / %s%s (%s)".formatted(share(slice.pairAccuracy()), share(popularity), model, count(slice.n()));
    }

    private static List<String> calibration(Reliability report) {
        Reliability.Calibration calibration = report.calibration();
        if (calibration == null) {
            return List.of();
        }
        TextTable table = new TextTable("promised", "observed", "pairs");
        for (Reliability.Calibration.Bin bin : calibration.curve()) {
            table.row(List.of(share(bin.promised()), share(bin.observed(), bin.ci95()), count(bin.pairs())));
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(String.format(
                Locale.ROOT,
                "Calibration error %.3f, Brier %.3f (.250 is chance), slope of the margin %s.",
                calibration.ece(),
                calibration.brier(),
                signed(new Reliability.Figure(calibration.slope(), calibration.slopeCi95()))));
        return lines;
    }

    private static List<String> answers(Reliability report) {
        List<String> lines = new ArrayList<>();
        Reliability.PopularityLift lift = report.popularityLift();
        if (lift != null) {
            lines.add("Popularity lift of its preferences: %s; of an order by popularity %s; of what users chose %s."
                    .formatted(signed(lift.judge()), signed(lift.popularity()), signed(lift.users())));
        }
        if (report.slotEffect() != null) {
            lines.add("First half of the slots over the second: %s standard deviations%s."
                    .formatted(signed(report.slotEffect().firstOverSecondHalf()), range(report.slotEffect())));
        }
        if (report.unchangedOrder() != null && report.unchangedOrder().value() != null) {
            lines.add("Answers that return the order shown: "
                    + percent(report.unchangedOrder().value()) + ".");
        }
        if (report.favourites() != null && !report.favourites().isEmpty()) {
            lines.add("Scored high whoever is asked about: "
                    + report.favourites().stream()
                            .map(item -> String.format(
                                    Locale.ROOT,
                                    "%s (%+.1f in %d prompts)",
                                    item.itemId(),
                                    item.meanScore(),
                                    item.prompts()))
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        if (report.cost() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Cost: $%.4f, $%.6f a prompt, %s a point above popularity.",
                    report.cost().usd(),
                    report.cost().usdPerPrompt(),
                    Optional.ofNullable(report.cost().usdPerPoint())
                            .map(usd -> String.format(Locale.ROOT, "$%.6f", usd))
                            .orElse(NOTHING)));
        }
        return lines;
    }

    private static String range(Reliability.SlotEffect effect) {
        DoubleSummaryStatistics accuracies = effect.slots().stream()
                .map(slot -> slot.audit().pairAccuracy())
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return accuracies.getCount() < 2
                ? ""
                : String.format(
                        Locale.ROOT, "; audit accuracy %.2f to %.2f by slot", accuracies.getMin(), accuracies.getMax());
    }

    private static String share(Reliability.Control control) {
        return share(control.pairAccuracy(), control.ci95());
    }

    private static String share(@Nullable Double value) {
        return value == null ? NOTHING : String.format(Locale.ROOT, "%.3f", value);
    }

    private static String share(@Nullable Double value, @Nullable Interval interval) {
        return value == null || interval == null
                ? share(value)
                : share(value) + String.format(Locale.ROOT, " [%.3f, %.3f]", interval.low(), interval.high());
    }

    private static String signed(Reliability.Figure figure) {
        if (figure.value() == null) {
            return NOTHING;
        }
        String value = String.format(Locale.ROOT, "%+.3f", figure.value());
        return figure.ci95() == null
                ? value
                : value
                        + String.format(
                                Locale.ROOT,
                                " [%+.3f, %+.3f]",
                                figure.ci95().low(),
                                figure.ci95().high());
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
