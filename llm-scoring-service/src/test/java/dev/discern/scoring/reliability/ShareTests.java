package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShareTests {

    @Test
    void everyPairCountsAlikeNotEveryPrompt() {
        Share share = share(new double[] {1, 1}, new double[] {1, 1, 1, 0, 0, 0});

        assertThat(share.value()).isEqualTo((2 + 3) / 8.0);
        assertThat(share.prompts()).isEqualTo(2);
        assertThat(share.pairs()).isEqualTo(8);
        assertThat(share.effectivePairs()).isEqualTo(8, within(1e-12));
    }

    @Test
    void weightsCount() {
        Share share = new Share();
        share.add(0, 1, 3);
        share.add(0, 0, 1);

        assertThat(share.value()).isEqualTo(0.75);
        assertThat(share.effectivePairs()).isEqualTo(16 / 10.0, within(1e-12)); // (3 + 1)² / (9 + 1)
    }

    @Test
    void theIntervalIsThatOfTheMeanOverPrompts() {
        double[] shares = new SplittableRandom(1).doubles(400).toArray();
        double mean = Arrays.stream(shares).average().orElseThrow();
        double variance =
                Arrays.stream(shares).map(x -> (x - mean) * (x - mean)).sum() / 400;

        Share share = new Share();
        for (int prompt = 0; prompt < 400; prompt++) {
            for (int pair = 0; pair < 19; pair++) {
                share.add(prompt, shares[prompt], 1);
            }
        }

        // normal approximation; 1,000 resamples place an end of it within about .07 of a half width
        double halfWidth = 1.96 * Math.sqrt(variance / 400);
        assertThat(share.ci95()).isNotNull();
        assertThat(share.ci95().get(0)).isEqualTo(mean - halfWidth, within(0.25 * halfWidth));
        assertThat(share.ci95().get(1)).isEqualTo(mean + halfWidth, within(0.25 * halfWidth));
    }

    @Test
    void theIntervalOfManyPromptsIsThatOfTheMeanToo() {
        int prompts = 9_000; // more than are resampled one by one
        double[] values = new SplittableRandom(2).doubles(prompts).toArray();
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance =
                Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / prompts;

        Share share = new Share();
        for (int prompt = 0; prompt < prompts; prompt++) {
            share.add(prompt, values[prompt], 1);
        }

        double halfWidth = 1.96 * Math.sqrt(variance / prompts);
        assertThat(share.ci95()).isNotNull();
        assertThat(share.ci95().get(0)).isEqualTo(mean - halfWidth, within(0.25 * halfWidth));
        assertThat(share.ci95().get(1)).isEqualTo(mean + halfWidth, within(0.25 * halfWidth));
    }

    @Test
    void theSamePairsHaveTheSameInterval() {
        double[][] values = {{0.1}, {0.9, 0.9}, {0.4, 0.4, 0.4}};
        assertThat(share(values).ci95()).isEqualTo(share(values).ci95());
    }

    @Test
    void onePromptHasNoSpread() {
        assertThat(share(new double[] {1, 0.5, 1, 0.5}).ci95()).containsExactly(0.75, 0.75);
    }

    @Test
    void noPairsSayNothing() {
        Share share = new Share();

        assertThat(share.value()).isNull();
        assertThat(share.ci95()).isNull();
        assertThat(share.effectivePairs()).isZero();
    }

    private static Share share(double[]... values) {
        Share share = new Share();
        for (int prompt = 0; prompt < values.length; prompt++) {
            for (double value : values[prompt]) {
                share.add(prompt, value, 1);
            }
        }
        return share;
    }
}
