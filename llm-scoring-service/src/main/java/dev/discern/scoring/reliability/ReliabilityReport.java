package dev.discern.scoring.reliability;

import dev.discern.common.data.HistoryBucket;
import dev.discern.common.data.PopularityBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a judge can be trusted: how often it put the held-out item above the other candidates, beside what is free.
 *
 * @param pairAccuracy as asked; null when no prompt had an audit item, and so are the figures that need one
 * @param prompts answered with scores, with or without an audit item
 * @param bySlice by history length and popularity of the held-out item, as asked; empty slices are left out
 * @param popularity the same pairs ordered by popularity instead: a judge that does no better has taught nothing
 * @param encoder likewise by the free sentence encoder; null when its vectors are not there
 * @param model likewise by the scores of a published model; null when there is none to compare
 * @param weightings the three of {@link PairWeighting}; empty when there is no audit item
 * @param catalogueCoverage share of the catalogue for which the candidates stand: the mean over prompts of the sum of the
 *     inverse inclusion probabilities, over the number of items (Horvitz and Thompson, 1952). Far below 1, the figures that are
 *     uniform over the catalogue speak of that part alone
 * @param unchangedOrder share of the answers whose scores fall along the order shown
 * @param favourites items that the judge scores high whoever is asked about, at most five
 * @param cost null when the judge costs nothing
 * @param notes what a reader must know about these figures
 */
public record ReliabilityReport(
        long runId,
        String judge,
        @Nullable Double pairAccuracy,
        @Nullable List<Double> ci95,
        int auditPrompts,
        int prompts,
        List<Slice> bySlice,
        Wins popularity,
        @Nullable Encoder encoder,
        @Nullable Model model,
        Verdict verdict,
        List<Comparison> weightings,
        @Nullable Double catalogueCoverage,
        @Nullable Calibration calibration,
        PopularityLift popularityLift,
        SlotEffect slotEffect,
        Estimate unchangedOrder,
        List<Favourite> favourites,
        @Nullable Cost cost,
        List<String> notes) {

    /**
     * A cell of the map.
     *
     * @param n prompts
     * @param popularityWins the same pairs by popularity
     * @param encoderWins likewise by the encoder, on the prompts that it can answer; null when there are none
     * @param modelWins likewise by the published model, on the pairs that it knows; null when there are none
     */
    public record Slice(
            String historyLength,
            String popularity,
            int n,
            long pairs,
            @Nullable Double pairAccuracy,
            @Nullable List<Double> ci95,
            Wins popularityWins,
            @Nullable Wins encoderWins,
            @Nullable Wins modelWins) {}

    /** The free judge on the same pairs as asked. */
    public record Encoder(
            String name,
            int prompts,
            @Nullable Double pairAccuracy,
            @Nullable List<Double> ci95) {}

    /** The published model on the same pairs as asked, where it knows them. */
    public record Model(
            String version,
            int prompts,
            @Nullable Double pairAccuracy,
            @Nullable List<Double> ci95) {}

    /** What a report is about, beside the answers. */
    record Subject(
            long runId,
            String judge,
            @Nullable String encoder,
            @Nullable String model,
            PopularityRanks ranks,
            int catalogueItems,
            List<Favourite> favourites,
            Cost.@Nullable Spent spent,
            List<String> notes) {}

    /** The report of these answers. */
    static ReliabilityReport of(Subject subject, List<JudgedPrompt> prompts) {
        int exams = (int) prompts.stream().filter(JudgedPrompt::isExam).count();
        List<Comparison> weightings = exams == 0
                ? List.of()
                : Arrays.stream(PairWeighting.values())
                        .map(weighting -> Comparison.of(weighting, prompts))
                        .toList();
        Comparison asked = Comparison.of(PairWeighting.AS_ASKED, exams == 0 ? List.of() : prompts);
        Calibration calibration = Calibration.of(prompts).orElse(null);
        PopularityLift lift = PopularityLift.of(prompts, subject.ranks());
        SlotEffect slots = SlotEffect.of(prompts);
        Estimate unchanged = unchangedOrder(prompts);
        Wins encoder = asked.encoder();
        Wins model = asked.model();
        return new ReliabilityReport(
                subject.runId(),
                subject.judge(),
                asked.judge().pairAccuracy(),
                asked.judge().ci95(),
                exams,
                prompts.size(),
                slices(prompts),
                asked.popularity(),
                encoder == null || subject.encoder() == null
                        ? null
                        : new Encoder(
                                subject.encoder(),
                                exams(prompts, JudgedPrompt::encoder),
                                encoder.pairAccuracy(),
                                encoder.ci95()),
                model == null || subject.model() == null
                        ? null
                        : new Model(
                                subject.model(),
                                exams(prompts, JudgedPrompt::model),
                                model.pairAccuracy(),
                                model.ci95()),
                Verdict.of(weightings, subject.encoder(), subject.model(), calibration, lift, slots, unchanged),
                weightings,
                coverage(prompts, subject.catalogueItems()),
                calibration,
                lift,
                slots,
                unchanged,
                subject.favourites(),
                subject.spent() == null ? null : subject.spent().on(asked.overPopularity()),
                subject.notes());
    }

    /** How many exams a rival has scores for. */
    private static int exams(List<JudgedPrompt> prompts, Function<JudgedPrompt, float @Nullable []> rival) {
        return (int) prompts.stream()
                .filter(prompt -> prompt.isExam() && rival.apply(prompt) != null)
                .count();
    }

    private static List<Slice> slices(List<JudgedPrompt> prompts) {
        List<Slice> slices = new ArrayList<>();
        for (HistoryBucket history : HistoryBucket.values()) {
            for (PopularityBucket bucket : PopularityBucket.values()) {
                List<JudgedPrompt> cell = prompts.stream()
                        .filter(prompt -> prompt.isExam()
                                && HistoryBucket.of(prompt.historyLength()) == history
                                && PopularityBucket.of(prompt.popularity()[prompt.audit()]) == bucket)
                        .toList();
                if (!cell.isEmpty()) {
                    Comparison comparison = Comparison.of(PairWeighting.AS_ASKED, cell);
                    slices.add(new Slice(
                            history.label(),
                            bucket.label(),
                            cell.size(),
                            comparison.pairs(),
                            comparison.judge().pairAccuracy(),
                            comparison.judge().ci95(),
                            comparison.popularity(),
                            comparison.encoder(),
                            comparison.model()));
                }
            }
        }
        return slices;
    }

    private static @Nullable Double coverage(List<JudgedPrompt> prompts, int catalogueItems) {
        if (prompts.isEmpty() || catalogueItems == 0) {
            return null;
        }
        double items = 0;
        for (JudgedPrompt prompt : prompts) {
            for (int position = 0; position < prompt.size(); position++) {
                items += position == prompt.audit() ? 0 : 1 / prompt.inclusion()[position];
            }
        }
        return items / prompts.size() / catalogueItems;
    }

    private static Estimate unchangedOrder(List<JudgedPrompt> prompts) {
        Share unchanged = new Share();
        for (int n = 0; n < prompts.size(); n++) {
            unchanged.add(n, falls(prompts.get(n).scores()) ? 1 : 0, 1);
        }
        return Estimate.of(unchanged);
    }

    /** Whether scores fall from the first to the last, ties allowed but not throughout. */
    private static boolean falls(float[] scores) {
        for (int position = 1; position < scores.length; position++) {
            if (scores[position] > scores[position - 1]) {
                return false;
            }
        }
        return scores[scores.length - 1] < scores[0];
    }
}
