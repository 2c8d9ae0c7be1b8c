package dev.discern.cli.report;

import dev.discern.cli.terminal.TextTable;
import dev.discern.client.model.ArmComparison;
import dev.discern.client.model.ArmReport;
import dev.discern.client.model.ArmResult;
import dev.discern.client.model.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What came of the answers of each arm, as text. */
public final class ArmsText {

    private ArmsText() {}

    /** A table of the arms, then how far challengers are ahead, then the warnings. */
    public static List<String> lines(ArmReport report) {
        List<String> lines = new ArrayList<>();
        if (report.getArms().isEmpty()) {
            lines.add("no answers have been counted since " + report.getSince());
        } else {
            lines.addAll(table(report).lines());
        }
        for (ArmComparison comparison : report.getComparisons()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s against %s: %+.2f points [%+.2f, %+.2f], %s",
                    comparison.getChallenger(),
                    comparison.getChampion(),
                    100 * comparison.getDifference().getValue(),
                    100 * comparison.getDifference().getLow(),
                    100 * comparison.getDifference().getHigh(),
                    verdict(comparison.getDifference())));
        }
        report.getWarnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private static TextTable table(ArmReport report) {
        TextTable table = new TextTable(
                "alias", "version", "drawn", "days", "answers", "items", "with events", "rate [95 %]", "events");
        for (ArmResult arm : report.getArms()) {
            table.row(List.of(
                    arm.getAlias().getValue(),
                    arm.getVersion(),
                    arm.getDrawn() ? "yes" : "no",
                    arm.getFirstDay().equals(arm.getLastDay())
                            ? arm.getFirstDay().toString()
                            : arm.getFirstDay() + " – " + arm.getLastDay(),
                    Long.toString(arm.getAnswers()),
                    Long.toString(arm.getItems()),
                    Long.toString(arm.getAnswersWithEvent()),
                    String.format(
                            Locale.ROOT,
                            "%.2f %% [%.2f, %.2f]",
                            100 * arm.getClickThroughRate().getValue(),
                            100 * arm.getClickThroughRate().getLow(),
                            100 * arm.getClickThroughRate().getHigh()),
                    arm.getEvents().entrySet().stream()
                            .map(kind -> kind.getKey() + " " + kind.getValue())
                            .collect(Collectors.joining(", "))));
        }
        return table;
    }

    private static String verdict(Share difference) {
        if (difference.getLow() > 0) {
            return "the challenger is ahead";
        }
        return difference.getHigh() < 0 ? "the champion is ahead" : "no difference is certain";
    }
}
