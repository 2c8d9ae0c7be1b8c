package dev.discern.cli.report;

import dev.discern.client.model.Explanation;
import dev.discern.client.model.RecommendationsAnswer;
import dev.discern.client.model.RecommendedItem;
import dev.discern.client.model.ScoreParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serving's answer as text: rank, title or id, score, reasons, and beneath them what the reasons come from. */
public final class RecommendationText {

    private RecommendationText() {}

    /** A line for each item, then the warnings. */
    public static List<String> lines(RecommendationsAnswer answer) {
        List<String> lines = new ArrayList<>();
        for (RecommendedItem item : answer.getItems()) {
            lines.add(line(item));
            if (item.getExplanation() != null) {
                lines.addAll(figures(item.getExplanation()));
            }
        }
        if (answer.getWarnings() != null) {
            answer.getWarnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static List<String> figures(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        ScoreParts score = explanation.getScore();
        List<String> parts = new ArrayList<>();
        add(parts, "behaviour", score.getBehaviour());
        add(parts, "content", score.getContent());
        add(parts, "popularity", score.getPopularity());
        add(parts, "boost", score.getBoost());
        if (!parts.isEmpty()) {
            lines.add("      score = " + String.join(" + ", parts));
        }
        if (!explanation.getNearest().isEmpty()) {
            lines.add("      near "
                    + explanation.getNearest().stream()
                            .map(near -> String.format(
                                    Locale.ROOT,
                                    "%s (%.2f)",
                                    name(near.getTitle(), near.getItemId()),
                                    near.getSimilarity()))
                            .collect(Collectors.joining(", ")));
        }
        if (explanation.getJudge() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "      the judge put it first in %d of %d pairs, for users with histories like this, and was trusted by %.2f",
                    explanation.getJudge().getWins(),
                    explanation.getJudge().getPairs(),
                    explanation.getJudge().getGate()));
        }
        return lines;
    }

    /** A part of exactly 0 is one that the model does not have, as those of histories have no popularity. */
    private static void add(List<String> parts, String name, @Nullable Double value) {
        if (value != null && value != 0) {
            parts.add(String.format(Locale.ROOT, "%s %.3f", name, value));
        }
    }

    private static String name(@Nullable String title, String itemId) {
        return title == null || title.isEmpty() ? itemId : title;
    }

    private static String line(RecommendedItem item) {
        String title = name(item.getTitle(), item.getItemId());
        String line = String.format(
                Locale.ROOT, "%2d. %s  (%s, score %.3f)", item.getRank(), title, item.getItemId(), item.getScore());
        return item.getReasons() == null || item.getReasons().isEmpty()
                ? line
                : line + ": " + String.join("; ", item.getReasons());
    }
}
