package dev.discern.scoring.reliability;

import dev.discern.web.html.Html;

/** The report as one HTML page that needs nothing else: no script, no image, no other file. */
public final class ReliabilityPage {

    private static final String STYLE = """
            <style>
            :root { color-scheme: light dark; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            .verdict { border-left: .3rem solid #2a7; padding: .5rem 1rem; background: #2a71; }
            .verdict.doubt { border-color: #c62; background: #c621; }
            table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem .9rem .2rem 0; }
            th { border-bottom: 1px solid #8888; } td { font-variant-numeric: tabular-nums; }
            svg { max-width: 100%; height: auto; } svg text { font: 12px system-ui, sans-serif; fill: currentColor; }
            svg text.cell { fill: #111; } .axis { stroke: currentColor; } .promise { stroke: #8888; stroke-dasharray: 4; }
            .interval { stroke: #27a; stroke-width: 2; } .bin { fill: #27a; }
            .aside { color: #777; }
            </style>""";

    private final ReliabilityReport report;
    private final Html html = new Html();

    private ReliabilityPage(ReliabilityReport report) {
        this.report = report;
    }

    /** The page. */
    public static String of(ReliabilityReport report) {
        return new ReliabilityPage(report).page();
    }

    private String page() {
        String title = "Reliability of %s, run %d".formatted(report.judge(), report.runId());
        html.markup("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")
                .markup("<meta name=\"viewport\" content=\"width=device-width\">")
                .element("title", title)
                .markup(STYLE)
                .markup("</head>\n<body>")
                .element("h1", title)
                .element(
                        "p",
                        "%s answered prompts, %s of them with a held-out interaction hidden among the candidates."
                                .formatted(Words.count(report.prompts()), Words.count(report.auditPrompts())));
        verdict();
        if (!report.weightings().isEmpty()) {
            weightings();
            grid();
        }
        if (report.calibration() != null) {
            calibration(report.calibration());
        }
        if (report.prompts() > 0) {
            preferences();
            slots();
            favourites();
        }
        cost();
        for (String note : report.notes()) {
            html.element("p", note);
        }
        return html.markup("</body>\n</html>").toString();
    }

    private void verdict() {
        boolean good = Boolean.TRUE.equals(report.verdict().betterThanPopularity())
                && !Boolean.FALSE.equals(report.verdict().betterThanEncoder())
                && !Boolean.FALSE.equals(report.verdict().betterThanModel());
        html.markup("<p class=\"verdict%s\">".formatted(good ? "" : " doubt"))
                .markup(Html.escape(report.verdict().text()))
                .markup("</p>");
    }

    private void weightings() {
        html.element("h2", "How often the held-out item wins")
                .markup("<table>")
                .row(
                        "th",
                        "pairs",
                        "number",
                        "judge",
                        "popularity",
                        "judge − popularity",
                        "encoder",
                        "judge − encoder",
                        "model",
                        "judge − model");
        for (Comparison comparison : report.weightings()) {
            html.row(
                    "td",
                    comparison.weighting().title(),
                    Words.count(comparison.pairs()),
                    Words.share(comparison.judge()),
                    Words.share(comparison.popularity()),
                    Words.signed(comparison.overPopularity()),
                    comparison.encoder() == null ? "–" : Words.share(comparison.encoder()),
                    comparison.overEncoder() == null ? "–" : Words.signed(comparison.overEncoder()),
                    comparison.model() == null ? "–" : Words.share(comparison.model()),
                    comparison.overModel() == null ? "–" : Words.signed(comparison.overModel()));
        }
        html.markup("</table>");
        if (report.model() != null) {
            html.element(
                    "p",
                    "The model is %s, on %s of the audit prompts."
                            .formatted(
                                    report.model().version(),
                                    Words.count(report.model().prompts())));
        }
        html.element("p", "In brackets 95 % intervals by bootstrap over prompts; those of differences are paired.");
        if (report.catalogueCoverage() != null) {
            html.element(
                    "p",
                    "The candidates stand for %s of the catalogue."
                            .formatted(Words.percent(report.catalogueCoverage())));
        }
    }

    private void grid() {
        html.element("h2", "Where it is right").markup(GridMap.svg(report.bySlice()));
    }

    private void calibration(Calibration calibration) {
        html.element("h2", "What its margin is worth")
                .markup(CalibrationChart.svg(calibration))
                .element(
                        "p",
                        "Promised by σ(%s · margin), fitted on %s exams; observed on %s others. Expected calibration error %s, Brier score %s (.25 is chance)."
                                .formatted(
                                        Words.share(calibration.slope()),
                                        Words.count(calibration.fitPrompts()),
                                        Words.count(calibration.checkPrompts()),
                                        Words.share(calibration.ece()),
                                        Words.share(calibration.brier())))
                .markup("<table>")
                .row("th", "promised", "observed", "pairs", "prompts");
        for (Calibration.Bin bin : calibration.curve()) {
            html.row(
                    "td",
                    Words.share(bin.promised()),
                    Words.share(bin.observed()) + Words.interval(bin.ci95()),
                    Words.count(bin.pairs()),
                    Words.count(bin.prompts()));
        }
        html.markup("</table>");
    }

    private void preferences() {
        PopularityLift lift = report.popularityLift();
        html.element("h2", "What it prefers")
                .markup("<table>")
                .row("th", "popularity percentile of the preferred item minus that of the other", "")
                .row("td", "judge", Words.signed(lift.judge()))
                .row(
                        "td",
                        "the most there can be on the same pairs: an order by popularity",
                        Words.signed(lift.popularity()))
                .row("td", "users: what they chose minus the other candidates", Words.signed(lift.users()))
                .markup("</table>");
    }

    private void slots() {
        SlotEffect effect = report.slotEffect();
        Estimate unchanged = report.unchangedOrder();
        html.element("h2", "Whether the place sways it")
                .element(
                        "p",
                        "The first half of the slots scores %s standard deviations over the second. %s of the answers return the order shown."
                                .formatted(
                                        Words.signed(effect.firstOverSecondHalf()),
                                        unchanged.value() == null ? "–" : Words.percent(unchanged.value())))
                .markup("<table>")
                .row("th", "slot", "mean score", "prompts", "audit pair accuracy", "audit prompts");
        for (SlotEffect.Slot slot : effect.slots()) {
            html.row(
                    "td",
                    slot.from() == slot.to() ? "" + slot.from() : slot.from() + "–" + slot.to(),
                    Words.signed(slot.meanScore()),
                    Words.count(slot.prompts()),
                    Words.share(slot.audit()),
                    Words.count(slot.auditPrompts()));
        }
        html.markup("</table>");
    }

    private void favourites() {
        if (!report.favourites().isEmpty()) {
            html.element("h2", "What it favours")
                    .element(
                            "p",
                            "Items that it scores high whoever is asked about. Read their texts: one may speak to the judge.")
                    .markup("<table>")
                    .row("th", "item", "training interactions", "prompts", "mean score");
            for (Favourite favourite : report.favourites()) {
                html.row(
                        "td",
                        favourite.itemId(),
                        Words.count(favourite.popularity()),
                        Words.count(favourite.prompts()),
                        Words.signed(new Estimate(favourite.meanScore(), favourite.ci95())));
            }
            html.markup("</table>");
        }
    }

    private void cost() {
        Cost cost = report.cost();
        if (cost != null) {
            html.element("h2", "What it cost")
                    .element(
                            "p",
                            "%s US dollars, %s for each prompt, %s for each point of pair accuracy above popularity."
                                    .formatted(
                                            Words.dollars(cost.usd()),
                                            Words.dollars(cost.usdPerPrompt()),
                                            Words.dollars(cost.usdPerPoint())));
        }
    }
}
