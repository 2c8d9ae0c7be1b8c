package dev.discern.cli.report;

import dev.discern.cli.api.ServingApi.Recommendations;
import dev.discern.cli.api.ServingApi.Recommendations.Explanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Serving's answer as text: rank, title or id, score, reasons, and beneath them what the reasons come from. */
public final class RecommendationText {

    private RecommendationText() {}

    /** A line for each item, then the warnings. */
    public static List<String> lines(Recommendations answer) {
        List<String> lines = new ArrayList<>();
        for (Recommendations.Item item : answer.items()) {
            lines.add(line(item));
            if (item.explanation() != null) {
                lines.addAll(figures(item.explanation()));
            }
        }
        if (answer.warnings() != null) {
            answer.warnings().forEach(warning -> lines.add("warning: " + warning));
        }
        return lines;
    }

    private static List<String> figures(Explanation explanation) {
        List<String> lines = new ArrayList<>();
        Explanation.Score score = explanation.score();
        List<String> parts = new ArrayList<>();
        add(parts, "behaviour", score.behaviour());
        add(parts, "content", score.content());
        add(parts, "popularity", score.popularity());
        add(parts, "boost", score.boost());
        lines.add("      score = " + String.join(" + ", parts));
        if (!explanation.nearest().isEmpty()) {
            lines.add("      near "
                    + explanation.nearest().stream()
                            .map(near -> String.format(
                                    Locale.ROOT, "%s (%.2f)", name(near.title(), near.itemId()), near.similarity()))
                            .collect(Collectors.joining(", ")));
        }
        if (explanation.judge() != null) {
            lines.add(String.format(
                    Locale.ROOT,
                    "      the judge put it first in %d of %d pairs, for users with histories like this, and was trusted by %.2f",
                    explanation.judge().wins(),
                    explanation.judge().pairs(),
                    explanation.judge().gate()));
        }
        return lines;
    }

    private static void add(List<String> parts, String name, @Nullable Double value) {
        if (value != null) {
            parts.add(String.format(Locale.ROOT, "%s %.3f", name, value));
        }
    }

    private static String name(@Nullable String title, String itemId) {
        return title == null || title.isEmpty() ? itemId : title;
    }

    private static String line(Recommendations.Item item) {
        String title = name(item.title(), item.itemId());
        String line = String.format(
                Locale.ROOT, "%2d. %s  (%s, score %.3f)", item.rank(), title, item.itemId(), item.score());
        return item.reasons() == null || item.reasons().isEmpty()
                ? line
                : line + ": " + String.join("; ", item.reasons());
    }
}
