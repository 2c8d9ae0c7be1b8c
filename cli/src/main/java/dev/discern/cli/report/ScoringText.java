package dev.discern.cli.report;

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
        if (result.budgetReached()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "The budget is reached: %,d prompts were not asked.",
                    result.undone() == null ? 0 : result.undone()));
        }
        return lines;
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
        return lines;
    }
}
