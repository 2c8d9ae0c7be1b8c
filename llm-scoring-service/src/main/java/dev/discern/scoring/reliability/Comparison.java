package dev.discern.scoring.reliability;

import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The judge beside popularity, the encoder and the published model on the same audit pairs.
 *
 * @param weighting which pairs count, and how much
 * @param prompts how many prompts have such a pair
 * @param effectivePairs how many pairs of equal weight would say as much
 * @param overPopularity difference of the judge's accuracy to popularity's, with the interval of the paired difference
 * @param encoder on those of the prompts that the encoder can answer; null when it can answer none
 * @param overEncoder difference of the judge's accuracy to the encoder's on those prompts
 * @param model by the published model's scores, on those of the pairs whose user and items it knows; null when it knows none
 * @param overModel difference of the judge's accuracy to the model's on those pairs
 */
public record Comparison(
        PairWeighting weighting,
        int prompts,
        long pairs,
        double effectivePairs,
        Wins judge,
        Wins popularity,
        Estimate overPopularity,
        @Nullable Wins encoder,
        @Nullable Estimate overEncoder,
        @Nullable Wins model,
        @Nullable Estimate overModel) {

    static Comparison of(PairWeighting weighting, List<JudgedPrompt> prompts) {
        Share judge = new Share();
        Share popularity = new Share();
        Share overPopularity = new Share();
        Rival encoder = new Rival();
        Rival model = new Rival();
        for (int n = 0; n < prompts.size(); n++) {
            JudgedPrompt prompt = prompts.get(n);
            for (int other = 0; prompt.isExam() && other < prompt.size(); other++) {
                double weight = other == prompt.audit() ? 0 : weighting.weight(prompt, other);
                if (weight > 0) {
                    double win = prompt.win(other);
                    double popularityWin = prompt.popularityWin(other);
                    judge.add(n, win, weight);
                    popularity.add(n, popularityWin, weight);
                    overPopularity.add(n, win - popularityWin, weight);
                    encoder.add(n, win, prompt.encoderWin(other), weight);
                    model.add(n, win, prompt.modelWin(other), weight);
                }
            }
        }
        return new Comparison(
                weighting,
                judge.prompts(),
                judge.pairs(),
                judge.effectivePairs(),
                Wins.of(judge),
                Wins.of(popularity),
                Estimate.of(overPopularity),
                encoder.wins(),
                encoder.over(),
                model.wins(),
                model.over());
    }

    /** Somebody who cannot answer every pair, and the judge's lead on those that they can. */
    private static final class Rival {

        private final Share wins = new Share();
        private final Share over = new Share();

        void add(int prompt, double judgeWin, OptionalDouble rivalWin, double weight) {
            if (rivalWin.isPresent()) {
                wins.add(prompt, rivalWin.getAsDouble(), weight);
                over.add(prompt, judgeWin - rivalWin.getAsDouble(), weight);
            }
        }

        @Nullable
        Wins wins() {
            return wins.pairs() == 0 ? null : Wins.of(wins);
        }

        @Nullable
        Estimate over() {
            return over.pairs() == 0 ? null : Estimate.of(over);
        }
    }
}
