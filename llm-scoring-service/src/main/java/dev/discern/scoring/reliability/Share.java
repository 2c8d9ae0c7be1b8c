package dev.discern.scoring.reliability;

import dev.discern.common.random.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A weighted mean {@code Σ w·x / Σ w} over the pairs of many prompts, with a 95 % interval by bootstrap over prompts (1,000
 * resamples), since the pairs of one prompt depend on each other. Prompts are independent, so beyond 2,000 of them groups of
 * prompts are resampled instead, which estimates the same interval at a bounded cost.
 */
final class Share {

    private static final int RESAMPLES = 1_000;
    private static final int MAX_GROUPS = 2_000;

    private double[] sums = new double[16]; // (prompts) Σ w·x of the prompt's pairs
    private double[] weights = new double[16]; // (prompts) Σ w
    private int prompts;
    private int last = -1;
    private long pairs;
    private double squares;

    /**
     * Adds a pair.
     *
     * @param prompt the pairs of one prompt come one after the other
     */
    void add(int prompt, double value, double weight) {
        if (prompts == 0 || prompt != last) {
            if (prompts == sums.length) {
                sums = Arrays.copyOf(sums, 2 * prompts);
                weights = Arrays.copyOf(weights, 2 * prompts);
            }
            last = prompt;
            prompts++;
        }
        sums[prompts - 1] += weight * value;
        weights[prompts - 1] += weight;
        squares += weight * weight;
        pairs++;
    }

    int prompts() {
        return prompts;
    }

    long pairs() {
        return pairs;
    }

    /** How many pairs of equal weight would say as much: {@code (Σ w)² / Σ w²} (Kish, 1965). */
    double effectivePairs() {
        double weight = Arrays.stream(weights).sum();
        return pairs == 0 ? 0 : weight * weight / squares;
    }

    /** The mean; null when there is nothing. */
    @Nullable
    Double value() {
        double weight = Arrays.stream(weights, 0, prompts).sum();
        return weight > 0 ? Arrays.stream(sums, 0, prompts).sum() / weight : null;
    }

    /** Low and high end; null when there is nothing. The same pairs always have the same interval. */
    @Nullable
    List<Double> ci95() {
        if (value() == null) {
            return null;
        }
        int groups = Math.min(prompts, MAX_GROUPS);
        double[] groupSums = grouped(sums, groups);
        double[] groupWeights = grouped(weights, groups);
        SplittableRandom random = new Seeds(prompts).random("reliability");
        double[] resampled = new double[RESAMPLES];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            double sum = 0;
            double weight = 0;
            for (int n = 0; n < groups; n++) {
                int group = random.nextInt(groups);
                sum += groupSums[group];
                weight += groupWeights[group];
            }
            resampled[resample] = sum / weight;
        }
        Arrays.sort(resampled);
        return List.of(resampled[(int) (0.025 * RESAMPLES)], resampled[(int) (0.975 * RESAMPLES) - 1]);
    }

    private double[] grouped(double[] values, int groups) {
        double[] grouped = new double[groups];
        for (int prompt = 0; prompt < prompts; prompt++) {
            grouped[prompt % groups] += values[prompt];
        }
        return grouped;
    }
}
