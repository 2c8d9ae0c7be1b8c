package dev.discern.scoring.reliability;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Pair accuracy over prompts with a 95 % interval by bootstrap over prompts, since the pairs of one prompt depend on each other.
 *
 * @param pairAccuracy share of the pairs in which the held-out item won, ties half; null when there are no pairs
 * @param ci95 low and high end; null when there are no pairs
 */
public record Wins(@Nullable Double pairAccuracy, @Nullable List<Double> ci95) {

    private static final int RESAMPLES = 1_000;

    /**
     * Of prompts' shares of wins and numbers of pairs.
     *
     * @param wins (prompts) in [0, 1]
     * @param pairs (prompts)
     */
    static Wins of(double[] wins, int[] pairs, long seed) {
        if (wins.length == 0) {
            return new Wins(null, null);
        }
        SplittableRandom random = new Seeds(seed).random("reliability");
        double[] resampled = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double won = 0;
            double asked = 0;
            for (int n = 0; n < wins.length; n++) {
                int prompt = random.nextInt(wins.length);
                won += wins[prompt] * pairs[prompt];
                asked += pairs[prompt];
            }
            resampled[resample] = won / asked;
        }
        Arrays.sort(resampled);
        double won = 0;
        double asked = 0;
        for (int n = 0; n < wins.length; n++) {
            won += wins[n] * pairs[n];
            asked += pairs[n];
        }
        return new Wins(
                won / asked, List.of(resampled[(int) (0.025 * RESAMPLES)], resampled[(int) (0.975 * RESAMPLES) - 1]));
    }
}
