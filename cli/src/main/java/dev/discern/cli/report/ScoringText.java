package dev.discern.cli.report;

import dev.discern.cli.api.ScoringApi.Reliability.Control;
import dev.discern.cli.api.ScoringApi.ScoringEstimate;
import dev.discern.cli.api.ScoringApi.ScoringResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What asking the judge came to, as text. */
public final class ScoringText {

    private ScoringText() {}

    /** A line, and one for each reason of failure. */
    public static List<String> lines(ScoringResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "run %d: %,d prompts, %,d answered, %,d not; %,d pairs judged, %,d audit prompts",
                result.runId(),
                result.prompts(),
                result.scored(),
                result.failed(),
                result.pairs(),
                result.auditPrompts()));
        if (result.failures() != null) {
            for (Map.Entry<String, Long> failure : result.failures().entrySet()) {
                lines.add(String.format(Locale.ROOT, "  %s: %,d", failure.getKey(), failure.getValue()));
            }
        }
        if (result.calls() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%,d calls, %,d tokens of prompts and %,d of answers, $%.6f",
                    result.calls(),
                    result.promptTokens(),
                    result.completionTokens(),
                    result.cost()));
        }
        if (result.pilot() != null) {
            addPilot(result.pilot(), lines);
        }
        if (result.judgeNoBetter()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The pilot ended the run: %,d prompts were not asked. `--force` asks them all the same.",
                    result.undone() == null ? 0 : result.undone()));
        }
        if (result.budgetReached()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The budget is reached: %,d prompts were not asked.",
                    result.undone() == null ? 0 : result.undone()));
        }
        return lines;
    }

    private static void addPilot(ScoringResult.Pilot pilot, List<String> lines) {
        lines.add(String.format(
                Locale.ROOT,
                "pilot of %,d prompts: pair accuracy %s, popularity %s%s%s",
                pilot.prompts(),
                share(pilot.judgeAccuracy()),
                share(pilot.popularity()),
                pilot.encoder() == null ? "" : ", encoder " + share(pilot.encoder()),
                pilot.logLoss() == null || pilot.logLossJudgeFree() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; log loss %.3f with the judge, %.3f without",
                                pilot.logLoss(),
                                pilot.logLossJudgeFree())));
        lines.add(pilot.explanation());
    }

    private static String share(Control control) {
        return control.pairAccuracy() == null ? "–" : String.format(Locale.ROOT, "%.3f", control.pairAccuracy());
    }

    /** What asking would come to. */
    public static List<String> lines(ScoringEstimate estimate) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d prompts, %,d of them answered before",
                estimate.judge(),
                estimate.prompts(),
                estimate.answered()));
        lines.add(String.format(
                Locale.ROOT,
                "about %,d calls, %,d tokens of prompts and %,d of answers%s",
                estimate.calls(),
                estimate.promptTokens(),
                estimate.completionTokens(),
                estimate.cost() == null
                        ? "; the model has no price in discern.llm.prices"
                        : String.format(
                                Locale.ROOT, ", $%.6f at prices of %s", estimate.cost(), estimate.priceDate())));
        lines.add(String.format(
                Locale.ROOT,
                "at most %,d tokens%s, if no answer has to be asked for again",
                estimate.worstTokens(),
                estimate.worstCost() == null ? "" : String.format(Locale.ROOT, ", $%.6f", estimate.worstCost())));
        if (estimate.pilotPrompts() != null) {
            lines.add(String.format(Locale.ROOT, "%,d of the prompts are the pilot", estimate.pilotPrompts()));
        }
        return lines;
    }
}
