package dev.discern.scoring.reliability;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.PopularityBucket;
import dev.discern.common.judgment.AuditJudgment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a judge can be trusted: how often it put the held-out item above the other candidates, as they were asked.
 *
 * @param pairAccuracy null when no prompt had an audit item, and so are the other figures
 * @param bySlice by history length and popularity of the held-out item; empty slices are left out
 * @param popularity the same pairs ordered by popularity instead: a judge that does no better has taught nothing
 */
public record ReliabilityReport(
        long runId,
        String judge,
        @Nullable Double pairAccuracy,
        @Nullable List<Double> ci95,
        int auditPrompts,
        List<Slice> bySlice,
        Wins popularity) {

    /** A cell of the map; {@code n} counts prompts. */
    public record Slice(
            String historyLength,
            String popularity,
            int n,
            @Nullable Double pairAccuracy,
            @Nullable List<Double> ci95) {}

    /** The report of these exams. */
    static ReliabilityReport of(long runId, String judge, List<AuditJudgment> audits) {
        Wins all = wins(audits, AuditJudgment::wins);
        List<Slice> slices = new ArrayList<>();
        for (HistoryBucket history : HistoryBucket.values()) {
            for (PopularityBucket bucket : PopularityBucket.values()) {
                List<AuditJudgment> cell = audits.stream()
                        .filter(audit -> HistoryBucket.of(audit.historyLength()) == history
                                && PopularityBucket.of(audit.popularity()) == bucket)
                        .toList();
                if (!cell.isEmpty()) {
                    Wins wins = wins(cell, AuditJudgment::wins);
                    slices.add(
                            new Slice(history.label(), bucket.label(), cell.size(), wins.pairAccuracy(), wins.ci95()));
                }
            }
        }
        return new ReliabilityReport(
                runId,
                judge,
                all.pairAccuracy(),
                all.ci95(),
                audits.size(),
                slices,
                wins(audits, AuditJudgment::popularityWins));
    }

    private static Wins wins(List<AuditJudgment> audits, Function<AuditJudgment, Float> share) {
        return Wins.of(
                audits.stream().mapToDouble(share::apply).toArray(),
                audits.stream().mapToInt(audit -> audit.candidates() - 1).toArray(),
                audits.size());
    }
}
