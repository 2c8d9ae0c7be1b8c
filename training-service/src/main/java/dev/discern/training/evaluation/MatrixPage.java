package dev.discern.training.evaluation;

import dev.discern.training.evaluation.MatrixTables.Section;
import dev.discern.training.evaluation.MatrixTables.Table;
import dev.discern.web.html.Html;
import java.util.List;

/** A matrix as one HTML page that needs nothing else: no script, no image, no other file. */
public final class MatrixPage {

    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; } p { max-width: 62rem; overflow-wrap: anywhere; }
            .wide { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { text-align: left; vertical-align: bottom; padding: .2rem .9rem .2rem 0; white-space: nowrap; }
            th { border-bottom: 1px solid #8888; } th { white-space: normal; } tr:nth-child(even) td { background: #8881; }
            svg { max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
            .axis { stroke: #8888; } .leader { stroke: #8886; } .model { fill: #27a; } .alone { fill: none; stroke: #c62; stroke-width: 2; }
            @media print {
              @page { size: landscape; margin: 1cm; }
              body { font-size: 9px; margin: 0; max-width: none; } .wide { overflow: visible; }
              th, td { padding-right: .4rem; white-space: normal; } tr, svg { break-inside: avoid; } h2 { break-after: avoid; }
            }
            </style>""";

    private MatrixPage() {}

    /** The page. */
    public static String of(MatrixReport report) {
        Html html = new Html()
                .markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")
                .markup("<meta name=\"viewport\" content=\"width=device-width\">")
                .element("title", "Models side by side")
                .markup(STYLE)
                .markup("</head>\n<body>")
                .element("h1", "Models side by side");
        MatrixTables.summary(report).forEach(words -> html.element("p", words));
        List<Section> sections = MatrixTables.of(report);
        for (int s = 0; s < sections.size(); s++) {
            section(html, sections.get(s));
            if (s == 0) {
                html.markup(TailChart.svg(report.rows()));
            }
        }
        return html.markup("</body>\n</html>").toString();
    }

    private static void section(Html html, Section section) {
        html.element("h2", section.title());
        section.words().forEach(words -> html.element("p", words));
        if (section.table() != null) {
            table(html, section.table());
        }
    }

    private static void table(Html html, Table table) {
        html.markup("<div class=\"wide\"><table>").row("th", table.header().toArray(String[]::new));
        table.rows().forEach(cells -> html.row("td", cells.toArray(String[]::new)));
        html.markup("</table></div>");
    }
}
