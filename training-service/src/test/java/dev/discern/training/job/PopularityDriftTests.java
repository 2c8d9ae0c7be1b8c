package dev.discern.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class PopularityDriftTests {

    /** Twenty items of 1 to 20 interactions: two to a decile. */
    private static final long[] EARLIER = counts(item -> item + 1);

    @Test
    void isNothingWhereSharesAreTheSame() {
        assertThat(PopularityDrift.psi(EARLIER, counts(item -> 7L * (item + 1))))
                .isCloseTo(0, within(1e-12));
    }

    /** By hand: decile b has items 2b and 2b + 1, 4b + 3 of 210 interactions; afterwards every decile has a tenth. */
    @Test
    void isTheSumOverDeciles() {
        double expected = 0;
        for (int b = 0; b < 10; b++) {
            double e = (4 * b + 3) / 210.0;
            expected += (0.1 - e) * Math.log(0.1 / e);
        }

        assertThat(PopularityDrift.psi(EARLIER, counts(item -> 5))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void newItemsAreABucketOfTheirOwn() {
        long[] earlier = Arrays.copyOf(EARLIER, 22);
        long[] newer = Arrays.copyOf(EARLIER, 22);
        newer[20] = 10;
        newer[21] = 13;

        // Of the newer interactions 23 of 233 are of items that nobody had before, against a floor of 0.0001.
        double share = 23 / 233.0;
        double deciles = 0;
        for (int b = 0; b < 10; b++) {
            double e = (4 * b + 3) / 210.0;
            double a = (4 * b + 3) / 233.0;
            deciles += (a - e) * Math.log(a / e);
        }
        assertThat(PopularityDrift.psi(earlier, newer))
                .isCloseTo(deciles + (share - 1e-4) * Math.log(share / 1e-4), within(1e-12))
                .isGreaterThan(0.2);
    }

    /** 500 draws of the same distribution: the mean of PSI without a change is 10 (1/100,000 + 1/500) = 0.0201, far below 0.2. */
    @Test
    void chanceAloneStaysFarBelowTheThreshold() {
        long[] earlier = new long[1000];
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 100_000; n++) {
            earlier[(int) (1000 * Math.pow(random.nextDouble(), 2))]++;
        }
        long[] newer = new long[1000];
        for (int n = 0; n < PopularityDrift.LEAST_EVENTS; n++) {
            newer[(int) (1000 * Math.pow(random.nextDouble(), 2))]++;
        }

        assertThat(PopularityDrift.psi(earlier, newer)).isBetween(0.0, 0.06);
    }

    @Test
    void hasAnAnswerForNothing() {
        assertThat(PopularityDrift.psi(new long[0], new long[0])).isZero();
        assertThat(PopularityDrift.psi(new long[3], new long[3])).isZero();
    }

    private static long[] counts(IntToLongFunction count) {
        long[] counts = new long[20];
        Arrays.setAll(counts, count);
        return counts;
    }
}
