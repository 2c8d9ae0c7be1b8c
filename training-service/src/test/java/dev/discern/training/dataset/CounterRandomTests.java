package dev.discern.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTests {

    @Test
    void theSameSeedGivesTheSameNumbers() {
        assertThat(draws(5, 1000, 50)).isEqualTo(draws(5, 1000, 50)).isNotEqualTo(draws(6, 1000, 50));
    }

    @Test
    void isTheGeneratorOfTheJdk() {
        SplittableRandom jdk = new SplittableRandom(99); // the first stream has the same constant
        CounterRandom ours = new CounterRandom(99);
        for (int n = 0; n < 100; n++) {
            assertThat(ours.below(1 << 16)).isEqualTo((int) (jdk.nextLong() >>> 48));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000_003, Integer.MAX_VALUE})
    void staysInItsBound(int bound) {
        assertThat(IntStream.of(draws(1, bound, 1000))).allMatch(value -> value >= 0 && value < bound);
    }

    @Test
    void drawsEvenly() {
        int draws = 90_000;
        int[] counts = new int[9];
        for (int value : draws(3, counts.length, draws)) {
            counts[value]++;
        }
        assertThat(IntStream.of(counts))
                .allMatch(count -> Math.abs(count - 10_000) < 500); // five standard deviations: 5 · 94
    }

    private static int[] draws(long seed, int bound, int count) {
        CounterRandom random = new CounterRandom(seed);
        return IntStream.range(0, count).map(n -> random.below(bound)).toArray();
    }
}
