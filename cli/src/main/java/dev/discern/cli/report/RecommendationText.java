package dev.discern.cli.report;

import dev.discern.client.model.RecommendationsAnswer;
import dev.discern.client.model.RecommendedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Serving's answer as text: rank, title or id, score, reasons. */
public final class RecommendationText {

    private RecommendationText() {}

    /** A line for each item, then the warnings. */
    public static List<String> lines(RecommendationsAnswer answer) {
        List<String> lines = new ArrayList<>();
        for (RecommendedItem item : answer.getItems()) {
            lines.add(line(item));
        }
        if (answer.getWarnings() != null) {
            answer.getWarnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static String line(RecommendedItem item) {
        String title = item.getTitle() == null || item.getTitle().isEmpty() ? item.getItemId() : item.getTitle();
        String line = String.format(
                Locale.ROOT, "%2d. %s  (%s, score %.3f)", item.getRank(), title, item.getItemId(), item.getScore());
        return item.getReasons() == null || item.getReasons().isEmpty()
                ? line
                : line + ": " + String.join("; ", item.getReasons());
    }
}
