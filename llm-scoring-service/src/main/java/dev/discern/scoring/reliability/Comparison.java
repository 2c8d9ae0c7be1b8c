package dev.discern.scoring.reliability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The judge beside popularity and the encoder on the same audit pairs.
 *
 * @param weighting which pairs count, and how much
 * @param prompts how many prompts have such a pair
 * @param effectivePairs how many pairs of equal weight would say as much
 * @param overPopularity difference of the judge's accuracy to popularity's, with the interval of the paired difference
 * @param encoder on those of the prompts that the encoder can answer; null when it can answer none
 * @param overEncoder difference of the judge's accuracy to the encoder's on those prompts
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
        @Nullable Estimate overEncoder) {

    static Comparison of(PairWeighting weighting, List<JudgedPrompt> prompts) {
        Share judge = new Share();
        Share popularity = new Share();
        Share overPopularity = new Share();
        Share encoder = new Share();
        Share overEncoder = new Share();
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
                    float[] scores = prompt.encoder();
                    if (scores != null) {
                        double encoderWin = prompt.encoderWin(scores, other);
                        encoder.add(n, encoderWin, weight);
                        overEncoder.add(n, win - encoderWin, weight);
                    }
                }
            }
        }
        boolean encoded = encoder.pairs() > 0;
        return new Comparison(
                weighting,
                judge.prompts(),
                judge.pairs(),
                judge.effectivePairs(),
                Wins.of(judge),
                Wins.of(popularity),
                Estimate.of(overPopularity),
                encoded ? Wins.of(encoder) : null,
                encoded ? Estimate.of(overEncoder) : null);
    }
}
