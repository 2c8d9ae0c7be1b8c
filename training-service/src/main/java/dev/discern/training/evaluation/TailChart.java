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
 * to the left of its backbone alone, which is a ring. The names stand in a column beside it, each at the end of a line from its point.
 */
final class TailChart {

    private static final int WIDTH = 960;
    private static final int LEAST_HEIGHT = 420;
    private static final int LEFT = 70;
    private static final int RIGHT = 290;
    private static final int TOP = 20;
    private static final int BOTTOM = 50;
    private static final int TICKS = 4;
    private static final int LINE_HEIGHT = 14;
    private static final int GAP = 40; // between the plot and the names
    private static final int BASELINE = 4; // of text whose middle is at a height

    private final int height;
    private final double maxAll;
    private final double maxTail;

    private TailChart(List<Point> points) {
        height = Math.max(LEAST_HEIGHT, TOP + BOTTOM + LINE_HEIGHT * points.size());
        maxAll = Math.max(points.stream().mapToDouble(Point::all).max().orElse(0), 1e-6);
        maxTail = Math.max(points.stream().mapToDouble(Point::tail).max().orElse(0), 1e-6);
    }

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
        return points.size() < 2 ? "" : new TailChart(points).draw(points);
    }

    private static double ndcg(Row row, String slice) {
        Estimate estimate = row.metrics().getOrDefault(slice, Map.of()).get(Metric.NDCG_10.label());
        return estimate == null ? Double.NaN : estimate.mean();
    }

    private String draw(List<Point> points) {
        Html svg = new Html()
                .markup(
                        "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"NDCG@10 of long-tail items against that of all\">"
                                .formatted(WIDTH, height, WIDTH));
        axes(svg);
        List<Point> topDown = points.stream()
                .sorted(Comparator.comparingDouble(Point::tail)
                        .thenComparingDouble(Point::all)
                        .reversed())
                .toList();
        double[] labels =
                LabelColumn.place(topDown.stream().mapToDouble(this::y).toArray(), LINE_HEIGHT, TOP, height - BOTTOM);
        for (int n = 0; n < labels.length; n++) {
            Point point = topDown.get(n);
            svg.markup(line("leader", x(point), y(point), x(1) + GAP - 4, labels[n]))
                    .markup(text(x(1) + GAP, labels[n] + BASELINE, "start", point.name()));
        }
        topDown.forEach(point -> svg.markup(circle(point)));
        return svg.markup("</svg>").toString();
    }

    private String circle(Point point) {
        return String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s</title></circle>",
                point.alone() ? "alone" : "model",
                x(point),
                y(point),
                Html.escape(String.format(
                        Locale.ROOT, "%s: all %.4f, tail %.4f", point.name(), point.all(), point.tail())));
    }

    private void axes(Html svg) {
        svg.markup(line("axis", x(0), y(0), x(1), y(0))).markup(line("axis", x(0), y(0), x(0), y(1)));
        for (int tick = 0; tick <= TICKS; tick++) {
            double share = (double) tick / TICKS;
            svg.markup(text(x(share), y(0) + 18, "middle", String.format(Locale.ROOT, "%.3f", share * maxAll)))
                    .markup(text(
                            x(0) - 8, y(share) + BASELINE, "end", String.format(Locale.ROOT, "%.3f", share * maxTail)));
        }
        svg.markup(text(x(0.5), height - 10, "middle", "NDCG@10, all users"))
                .markup(text(x(0) + 8, TOP - 6, "start", "NDCG@10, long-tail items"));
    }

    private double x(Point point) {
        return x(point.all() / maxAll);
    }

    private double y(Point point) {
        return y(point.tail() / maxTail);
    }

    private static double x(double share) {
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double share) {
        return height - BOTTOM - share * (height - TOP - BOTTOM);
    }

    private static String line(String kind, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                kind,
                x1,
                y1,
                x2,
                y2);
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
