package dev.discern.cli.report;

import dev.discern.cli.api.Interval;
import dev.discern.cli.api.ScoringApi.Reliability;
import dev.discern.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How far the judge can be trusted, as text. */
public final class JudgeText {

    private JudgeText() {}

    /** One or two sentences. */
    public static List<String> summary(Reliability report) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Judge %s: right on %s of the pairs with a held-out interaction (%,d audit prompts).",
                report.judge(),
                accuracy(report.pairAccuracy(), report.ci95()),
                report.auditPrompts()));
        if (report.popularity() != null) {
            lines.add("Popularity alone: "
                    + accuracy(
                            report.popularity().pairAccuracy(),
                            report.popularity().ci95()) + " of the same pairs.");
        }
        return lines;
    }

    /** The same by history length and item popularity. */
    public static List<String> slices(Reliability report) {
        TextTable table = new TextTable("history length", "item popularity", "prompts", "pair accuracy");
        for (Reliability.Slice slice : report.bySlice()) {
            table.row(List.of(
                    slice.historyLength(),
                    slice.popularity(),
                    String.format(Locale.ROOT, "%,d", slice.n()),
                    accuracy(slice.pairAccuracy(), slice.ci95())));
        }
        return table.lines();
    }

    private static String accuracy(@Nullable Double value, @Nullable Interval interval) {
        if (value == null) {
            return "–";
        }
        String text = String.format(Locale.ROOT, "%.3f", value);
        return interval == null
                ? text
                : text + String.format(Locale.ROOT, " [%.3f, %.3f]", interval.low(), interval.high());
    }
}
