package dev.discern.cli.report;

import dev.discern.cli.api.ServingApi.Arms;
import dev.discern.cli.terminal.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of the answers of each arm, as text. */
public final class ArmsText {

    private ArmsText() {}

    /** A table of the arms, then how far challengers are ahead, then the warnings. */
    public static List<String> lines(Arms report) {
        List<String> lines = new ArrayList<>();
        if (report.arms().isEmpty()) {
            lines.add("no answers have been counted since " + report.since());
        } else {
            lines.addAll(table(report).lines());
        }
        for (Arms.Comparison comparison : report.comparisons()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s against %s: %+.2f points [%+.2f, %+.2f], %s",
                    comparison.challenger(),
                    comparison.champion(),
                    100 * comparison.difference().value(),
                    100 * comparison.difference().low(),
                    100 * comparison.difference().high(),
                    verdict(comparison.difference())));
        }
        report.warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private static TextTable table(Arms report) {
        TextTable table = new TextTable(
                "alias", "version", "drawn", "days", "answers", "items", "with events", "rate [95 %]", "events");
        for (Arms.Arm arm : report.arms()) {
            table.row(List.of(
                    arm.alias(),
                    arm.version(),
                    arm.drawn() ? "yes" : "no",
                    arm.firstDay().equals(arm.lastDay()) ? arm.firstDay() : arm.firstDay() + " – " + arm.lastDay(),
                    Long.toString(arm.answers()),
                    Long.toString(arm.items()),
                    Long.toString(arm.answersWithEvent()),
                    String.format(
                            Locale.ROOT,
                            "%.2f %% [%.2f, %.2f]",
                            100 * arm.clickThroughRate().value(),
                            100 * arm.clickThroughRate().low(),
                            100 * arm.clickThroughRate().high()),
                    arm.events().entrySet().stream()
                            .map(kind -> kind.getKey() + " " + kind.getValue())
                            .collect(Collectors.joining(", "))));
        }
        return table;
    }

    private static String verdict(Arms.Share difference) {
        if (difference.low() > 0) {
            return "the challenger is ahead";
        }
        return difference.high() < 0 ? "the champion is ahead" : "no difference is certain";
    }
}
