package dev.discern.common.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProportionTests {

    /** Half of the last digit that is printed. */
    private static final double PRINTED = 0.00005;

    /**
     * Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven methods", Statistics in Medicine 17
     * (1998), 857–872, table I, method 3.
     */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0, 0.1611", "1, 29, 0.0061, 0.1718"})
    void isWilsonsInterval(long hits, long of, double low, double high) {
        Interval interval = new Proportion(hits, of).interval();
        assertThat(interval.low()).isCloseTo(low, within(PRINTED));
        assertThat(interval.high()).isCloseTo(high, within(PRINTED));
    }

    /** Newcombe, Statistics in Medicine 17 (1998), 873–890, table II, method 10. */
    @ParameterizedTest
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 20, -0.1611, 0.2775",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 20, 0.6791, 1",
        "10, 10, 0, 10, 0.6075, 1"
    })
    void isNewcombesIntervalOfADifference(long hits, long of, long otherHits, long otherOf, double low, double high) {
        Proportion one = new Proportion(hits, of);
        Proportion other = new Proportion(otherHits, otherOf);
        Interval interval = one.intervalOfMinus(other);
        assertThat(interval.low()).isCloseTo(low, within(PRINTED));
        assertThat(interval.high()).isCloseTo(high, within(PRINTED));
        Interval turned = other.intervalOfMinus(one);
        assertThat(turned.low()).isCloseTo(-interval.high(), within(1e-12));
        assertThat(turned.high()).isCloseTo(-interval.low(), within(1e-12));
    }

    /** 95 of 100 intervals hold the truth: of 4,000, within four standard deviations of the coverage that theory gives for this case. */
    @Test
    void holdsTheTruthAsOftenAsItPromises() {
        SplittableRandom random = new SplittableRandom(1);
        int held = 0;
        for (int trial = 0; trial < 4_000; trial++) {
            Interval interval = drawn(random, 400, 0.12).intervalOfMinus(drawn(random, 600, 0.08));
            held += interval.low() <= 0.04 && 0.04 <= interval.high() ? 1 : 0;
        }
        assertThat(held / 4_000.0).isCloseTo(0.95, within(0.014));
    }

    private static Proportion drawn(SplittableRandom random, int of, double p) {
        return new Proportion(random.doubles(of).filter(value -> value < p).count(), of);
    }

    @Test
    void ofNothingNothingIsKnown() {
        assertThat(new Proportion(0, 0).interval()).isEqualTo(new Interval(0, 1));
        assertThat(new Proportion(0, 0).value()).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(0, 0).intervalOfMinus(new Proportion(1, 2)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(1, 2).intervalOfMinus(new Proportion(0, 0)));
    }

    @Test
    void moreHitsThanTimesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Proportion(3, 2))
                .withMessage("expected 0 to 2 hits, got 3");
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(-1, 2));
    }
}
