package dev.discern.cli.report;

import dev.discern.cli.api.ServingApi.Recommendations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Serving's answer as text: rank, title or id, score, reasons. */
public final class RecommendationText {

    private RecommendationText() {}

    /** A line for each item, then the warnings. */
    public static List<String> lines(Recommendations answer) {
        List<String> lines = new ArrayList<>();
        for (Recommendations.Item item : answer.items()) {
            lines.add(line(item));
        }
        if (answer.warnings() != null) {
            answer.warnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static String line(Recommendations.Item item) {
        String title = item.title() == null || item.title().isEmpty() ? item.itemId() : item.title();
        String line = String.format(
                Locale.ROOT, "%2d. %s  (%s, score %.3f)", item.rank(), title, item.itemId(), item.score());
        return item.reasons() == null || item.reasons().isEmpty()
                ? line
                : line + ": " + String.join("; ", item.reasons());
    }
}
