package dev.discern.scoring.reliability;

import dev.discern.web.html.Html;
import java.util.Locale;

/** The calibration curve as an SVG: observed over promised, with intervals; on the diagonal every promise is kept. */
final class CalibrationChart {

    private static final int SIZE = 320;
    private static final int MARGIN = 40;
    private static final double MAX_RADIUS = 9;

    private CalibrationChart() {}

    static String svg(Calibration calibration) {
        long most = calibration.curve().stream()
                .mapToLong(Calibration.Bin::pairs)
                .max()
                .orElse(1);
        Html svg = new Html()
                .markup("<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"Calibration curve\">"
                        .formatted(SIZE + 2 * MARGIN, SIZE + 2 * MARGIN, SIZE + 2 * MARGIN))
                .markup(line("axis", x(0), y(0), x(1), y(0)))
                .markup(line("axis", x(0), y(0), x(0), y(1)))
                .markup(line("promise", x(0), y(0), x(1), y(1)));
        for (int tick = 0; tick <= 4; tick++) {
            double at = tick / 4.0;
            svg.markup(text(x(at), y(0) + 16, "middle", String.format(Locale.ROOT, "%.2f", at)));
            svg.markup(text(x(0) - 6, y(at) + 4, "end", String.format(Locale.ROOT, "%.2f", at)));
        }
        svg.markup(text(x(0.5), y(0) + 34, "middle", "promised"));
        svg.markup(text(x(0), y(1) - 12, "middle", "observed"));
        for (Calibration.Bin bin : calibration.curve()) {
            double x = x(bin.promised());
            svg.markup(line(
                    "interval", x, y(bin.ci95().getFirst()), x, y(bin.ci95().getLast())));
            svg.markup(String.format(
                    Locale.ROOT,
                    "<circle class=\"bin\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>",
                    x,
                    y(bin.observed()),
                    2 + (MAX_RADIUS - 2) * Math.sqrt((double) bin.pairs() / most),
                    Html.escape("promised %s, observed %s, %s pairs"
                            .formatted(
                                    Words.share(bin.promised()),
                                    Words.share(bin.observed()),
                                    Words.count(bin.pairs())))));
        }
        return svg.markup("</svg>").toString();
    }

    private static double x(double share) {
        return MARGIN + share * SIZE;
    }

    private static double y(double share) {
        return MARGIN + (1 - share) * SIZE;
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
                style,
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
