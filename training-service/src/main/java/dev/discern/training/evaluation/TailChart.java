package dev.discern.training.evaluation;

import dev.discern.training.evaluation.MatrixReport.Estimate;
import dev.discern.training.evaluation.MatrixReport.Row;
import dev.discern.web.html.Html;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * NDCG@10 of everybody against that of long-tail items, a point for each model: what lifts the tail at the others' expense lies up and
 * to the left of its backbone alone, which is a ring.
 */
final class TailChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 220;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final int TICKS = 4;
    private static final int LINE_HEIGHT = 13;

    private TailChart() {}

    private record Point(String name, boolean alone, double all, double tail) {}

    /** The picture; empty with fewer than two models that have both figures. */
    static String svg(List<Row> rows) {
        List<Point> points = new ArrayList<>();
        for (Row row : rows) {
            double all = ndcg(row, "all");
            double tail = ndcg(row, "tail");
            if (!Double.isNaN(all) && !Double.isNaN(tail)) {
                points.add(new Point(row.name(), row.regularizer().equals("off"), all, tail));
            }
        }
        return points.size() < 2 ? "" : draw(points);
    }

    private static double ndcg(Row row, String slice) {
        Estimate estimate = row.metrics().getOrDefault(slice, Map.of()).get(Metric.NDCG_10.label());
        return estimate == null ? Double.NaN : estimate.mean();
    }

    private static String draw(List<Point> points) {
        double maxAll = Math.max(points.stream().mapToDouble(Point::all).max().orElse(0), 1e-6);
        double maxTail = Math.max(points.stream().mapToDouble(Point::tail).max().orElse(0), 1e-6);
        Html svg = new Html()
                .markup(
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"NDCG@10 of long-tail items against that of all\">"
                                .formatted(WIDTH, HEIGHT, WIDTH));
        axes(svg, maxAll, maxTail);
        double lastY = Double.NEGATIVE_INFINITY;
        // From the top down, so that labels can give way downwards.
        for (Point point : points.stream()
                .sorted(Comparator.comparingDouble(Point::tail).reversed())
                .toList()) {
            double x = x(point.all() / maxAll);
            double y = y(point.tail() / maxTail);
            double labelY = Math.max(y + 4, lastY + LINE_HEIGHT);
            lastY = labelY;
            svg.markup(String.format(
                    Locale.ROOT,
                    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                    point.alone() ? "alone" : "model",
                    x,
                    y,
                    Html.escape(String.format(
                            Locale.ROOT, "%s: all %.4f, tail %.4f", point.name(), point.all(), point.tail()))));
            if (labelY < HEIGHT - BOTTOM) {
                svg.markup(text(x + 8, labelY, "start", point.name()));
            }
        }
        return svg.markup("</svg>").toString();
    }

    private static void axes(Html svg, double maxAll, double maxTail) {
        svg.markup(line(x(0), y(0), x(1), y(0))).markup(line(x(0), y(0), x(0), y(1)));
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            svg.markup(text(x(share), y(0) + 18, "middle", String.format(Locale.ROOT, "%.3f", share * maxAll)))
                    .markup(text(x(0) - 8, y(share) + 4, "end", String.format(Locale.ROOT, "%.3f", share * maxTail)));
        }
        svg.markup(text(x(0.5), HEIGHT - 10, "middle", "NDCG@10, all users"))
                .markup(text(x(0) + 8, TOP - 6, "start", "NDCG@10, long-tail items"));
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double share) {
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private static String line(double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT, "<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x1, y1, x2, y2);
    }

    private static String text(double x, double y, String anchor, String text) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
                x,
                y,
                anchor,
                Html.escape(text));
    }
}
