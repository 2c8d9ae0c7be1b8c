package dev.discern.cli.report;

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
        return lines;
    }
}
