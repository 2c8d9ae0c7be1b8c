package dev.discern.scoring.reliability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a judge is worth listening to, in words: it is, where the interval of its difference to popularity, and to the encoder, on
 * the same pairs lies above 0. The same is told of a published model: a judge has something to teach it where it is better.
 *
 * @param betterThanPopularity on the pairs as asked; null when there are none
 * @param betterThanEncoder likewise; null when the encoder was not compared
 * @param betterThanModel likewise for the published model; null when it was not compared
 * @param text a few sentences
 * @param why what explains that it is not better, as far as the answers tell; empty when it is
 */
public record Verdict(
        @Nullable Boolean betterThanPopularity,
        @Nullable Boolean betterThanEncoder,
        @Nullable Boolean betterThanModel,
        String text,
        List<String> why) {

    private static final double CHANCE = 0.5;
    /** A share of answers in the shown order that no judge who reads the items would have. */
    private static final double MANY_UNCHANGED = 0.1;
    /** A share of the largest possible lift at which preferences are popularity's. */
    private static final double NEARLY_POPULARITY = 0.8;
    /** A difference worth a judge's money, in pair accuracy. */
    private static final double WORTHWHILE = 0.05;

    /**
     * From the figures of a report.
     *
     * @param comparisons by each weighting, as asked first; empty when no prompt had an audit item
     * @param encoder name of the encoder, or null when it was not compared
     * @param model version of the published model, or null when it was not compared
     */
    static Verdict of(
            List<Comparison> comparisons,
            @Nullable String encoder,
            @Nullable String model,
            @Nullable Calibration calibration,
            PopularityLift lift,
            SlotEffect slots,
            Estimate unchanged) {
        if (comparisons.isEmpty() || comparisons.getFirst().pairs() == 0) {
            return new Verdict(
                    null, null, null, "Nothing can be said of this judge: no prompt had an audit item.", List.of());
        }
        Comparison asked = comparisons.getFirst();
        boolean overPopularity = asked.overPopularity().isAbove(0);
        Boolean overEncoder = isAbove(asked.overEncoder());
        Boolean overModel = isAbove(asked.overModel());
        List<String> sentences = new ArrayList<>();
        sentences.add(sentence("popularity", asked.judge(), asked.popularity(), asked.overPopularity()));
        if (asked.encoder() != null && asked.overEncoder() != null) {
            sentences.add(sentence("the encoder " + encoder, null, asked.encoder(), asked.overEncoder()));
        }
        if (asked.model() != null && asked.overModel() != null) {
            sentences.add(sentence("the model " + model, null, asked.model(), asked.overModel()));
        }
        if (overPopularity) {
            comparisons.stream()
                    .skip(1)
                    .filter(comparison -> comparison.pairs() > 0
                            && !comparison.overPopularity().isAbove(0))
                    .map(Verdict::butNot)
                    .forEach(sentences::add);
        }
        List<String> why = overPopularity && !Boolean.FALSE.equals(overEncoder) && !Boolean.FALSE.equals(overModel)
                ? List.of()
                : why(comparisons, calibration, lift, slots, unchanged);
        if (!why.isEmpty()) {
            sentences.add("Why: " + String.join("; ", why) + ".");
        }
        return new Verdict(overPopularity, overEncoder, overModel, String.join(" ", sentences), why);
    }

    private static @Nullable Boolean isAbove(@Nullable Estimate difference) {
        return difference == null ? null : difference.isAbove(0);
    }

    private static String sentence(String rival, @Nullable Wins judge, Wins other, Estimate difference) {
        String claim = difference.isAbove(0)
                ? "The judge is better than %s"
                : difference.isBelow(0) ? "The judge is worse than %s" : "The judge is not shown to be better than %s";
        String accuracies = judge == null
                ? "which is right on %s".formatted(Words.share(other.pairAccuracy()))
                : "right on %s of the pairs against %s"
                        .formatted(Words.share(judge.pairAccuracy()), Words.share(other.pairAccuracy()));
        return claim.formatted(rival) + ", " + accuracies + ": a difference of " + Words.signed(difference) + ".";
    }

    private static String butNot(Comparison comparison) {
        return "On pairs %s it is not: %s."
                .formatted(comparison.weighting().title(), Words.signed(comparison.overPopularity()));
    }

    private static List<String> why(
            List<Comparison> comparisons,
            @Nullable Calibration calibration,
            PopularityLift lift,
            SlotEffect slots,
            Estimate unchanged) {
        List<String> why = new ArrayList<>();
        Comparison asked = comparisons.getFirst();
        List<Comparison> chance = comparisons.stream()
                .filter(comparison -> comparison.judge().ci95() != null
                        && comparison.judge().ci95().getFirst() <= CHANCE)
                .toList();
        for (Comparison comparison : chance) {
            why.add("on pairs %s it is right on %s, no more than chance"
                    .formatted(comparison.weighting().title(), Words.share(comparison.judge())));
        }
        if (calibration != null && calibration.mayTellNothing()) {
            why.add("its margin tells nothing (slope %s), so a gate fitted on it shuts"
                    .formatted(Words.signed(new Estimate(calibration.slope(), calibration.slopeCi95()))));
        }
        if (unchanged.value() != null && unchanged.value() >= MANY_UNCHANGED) {
            why.add("%s of its answers return the order in which the candidates were shown"
                    .formatted(Words.percent(unchanged.value())));
        }
        Estimate first = slots.firstOverSecondHalf();
        if (first.isAbove(WORTHWHILE) || first.isBelow(-WORTHWHILE)) {
            why.add("the place sways it: the first half of the slots scores %s standard deviations over the second"
                    .formatted(Words.signed(first)));
        }
        if (lift.judge().value() != null
                && lift.popularity().value() != null
                && lift.judge().value() > NEARLY_POPULARITY * lift.popularity().value()) {
            why.add("its preferences are nearly those of popularity");
        }
        Estimate difference = asked.overPopularity();
        if (!difference.isAbove(0) && !difference.isBelow(WORTHWHILE) && !difference.isBelow(0)) {
            why.add("%s audit prompts are too few to tell".formatted(Words.count(asked.prompts())));
        }
        if (why.isEmpty()) {
            why.add("others say more on the same pairs");
        }
        return why;
    }
}
