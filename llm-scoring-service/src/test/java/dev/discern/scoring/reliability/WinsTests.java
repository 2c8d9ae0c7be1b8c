package dev.discern.scoring.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WinsTests {

    @Test
    void everyPairCountsAlikeNotEveryPrompt() {
        Wins wins = Wins.of(new double[] {1, 0.5}, new int[] {2, 6}, 1);

        assertThat(wins.pairAccuracy()).isEqualTo((2 + 3) / 8.0);
    }

    @Test
    void theIntervalIsThatOfTheMeanOverPrompts() {
        SplittableRandom random = new SplittableRandom(1);
        double[] shares = random.doubles(400).toArray();
        int[] pairs = new int[400];
        Arrays.fill(pairs, 19);
        double mean = Arrays.stream(shares).average().orElseThrow();
        double variance =
                Arrays.stream(shares).map(x -> (x - mean) * (x - mean)).sum() / 400;

        Wins wins = Wins.of(shares, pairs, 1);

        // normal approximation; 1,000 resamples place an end of it within about .07 of a half width
        double halfWidth = 1.96 * Math.sqrt(variance / 400);
        assertThat(wins.ci95().get(0)).isEqualTo(mean - halfWidth, within(0.25 * halfWidth));
        assertThat(wins.ci95().get(1)).isEqualTo(mean + halfWidth, within(0.25 * halfWidth));
    }

    @Test
    void theSameExamsHaveTheSameInterval() {
        double[] shares = {0.1, 0.9, 0.4};
        assertThat(Wins.of(shares, new int[] {1, 2, 3}, 5)).isEqualTo(Wins.of(shares, new int[] {1, 2, 3}, 5));
    }

    @Test
    void oneExamHasNoSpread() {
        Wins wins = Wins.of(new double[] {0.75}, new int[] {19}, 1);

        assertThat(wins.ci95()).containsExactly(0.75, 0.75);
    }

    @Test
    void noExamsSayNothing() {
        assertThat(Wins.of(new double[0], new int[0], 1)).isEqualTo(new Wins(null, null));
    }
}
