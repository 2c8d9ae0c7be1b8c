package dev.discern.scoring.reliability;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.PopularityBucket;
import dev.discern.scoring.reliability.ReliabilityReport.Slice;
import dev.discern.web.html.Html;
import java.util.List;
import java.util.Locale;

/** History length × item popularity as an SVG heat map: green where the judge is right, red where it is wrong, grey without exams. */
final class GridMap {

    private static final int CELL_WIDTH = 150;
    private static final int CELL_HEIGHT = 78;
    private static final int LEFT = 90;
    private static final int TOP = 40;

    private GridMap() {}

    static String svg(List<Slice> slices) {
        int width = LEFT + PopularityBucket.values().length * CELL_WIDTH;
        int height = TOP + HistoryBucket.values().length * CELL_HEIGHT;
        Html svg = new Html()
                .markup(
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"Pair accuracy by history length and item popularity\">"
                                .formatted(width, height, width));
        double x = LEFT;
        for (PopularityBucket bucket : PopularityBucket.values()) {
            svg.markup(text(x + CELL_WIDTH / 2.0, TOP - 12, "middle", "item seen " + bucket.label()));
            x += CELL_WIDTH;
        }
        double y = TOP;
        for (HistoryBucket history : HistoryBucket.values()) {
            svg.markup(text(LEFT - 8, y + CELL_HEIGHT / 2.0 + 4, "end", "history " + history.label()));
            x = LEFT;
            for (PopularityBucket bucket : PopularityBucket.values()) {
                cell(svg, x, y, find(slices, history, bucket));
                x += CELL_WIDTH;
            }
            y += CELL_HEIGHT;
        }
        return svg.markup("</svg>").toString();
    }

    private static List<Slice> find(List<Slice> slices, HistoryBucket history, PopularityBucket bucket) {
        return slices.stream()
                .filter(slice -> slice.historyLength().equals(history.label())
                        && slice.popularity().equals(bucket.label()))
                .toList();
    }

    private static void cell(Html svg, double x, double y, List<Slice> found) {
        Double accuracy = found.isEmpty() ? null : found.getFirst().pairAccuracy();
        svg.markup(String.format(
                Locale.ROOT,
                "<rect x=\"%.0f\" y=\"%.0f\" width=\"%d\" height=\"%d\" fill=\"%s\"/>",
                x + 1,
                y + 1,
                CELL_WIDTH - 2,
                CELL_HEIGHT - 2,
                accuracy == null ? "#8884" : colour(accuracy)));
        if (accuracy == null) {
            return;
        }
        Slice slice = found.getFirst();
        double middle = x + CELL_WIDTH / 2.0;
        svg.markup(cellText(middle, y + 18, Words.share(accuracy) + " of " + Words.count(slice.n())));
        svg.markup(cellText(middle, y + 34, Words.interval(slice.ci95()).strip()));
        String others = "popularity " + Words.share(slice.popularityWins().pairAccuracy());
        svg.markup(cellText(middle, y + 50, others));
        if (slice.modelWins() != null) {
            String model = "model " + Words.share(slice.modelWins().pairAccuracy());
            svg.markup(cellText(middle, y + 66, model));
        }
    }

    /** From red at 0 over white at one half to green at 1. */
    private static String colour(double accuracy) {
        double strength = Math.min(1, Math.abs(accuracy - 0.5) * 2);
        int hue = accuracy >= 0.5 ? 140 : 10;
        return String.format(Locale.ROOT, "hsl(%d, 60%%, %.0f%%)", hue, 95 - 40 * strength);
    }

    private static String cellText(double x, double y, String text) {
        return String.format(
                Locale.ROOT,
                "<text class=\"cell\" x=\"%.0f\" y=\"%.0f\" text-anchor=\"middle\">%s</text>",
                x,
                y,
                Html.escape(text));
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                Html.escape(text));
    }
}
