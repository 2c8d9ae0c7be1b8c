package dev.discern.training.objective;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigmoidTests {

    private static final double PROMISED = 0.0005;

    @Test
    void keepsItsPromiseEverywhere() {
        double worst = 0;
        for (int n = -1_000_000; n <= 1_000_000; n++) {
            float x = n / 1e5f;
            worst = Math.max(worst, error(x));
        }
        assertThat(worst).isBetween(PROMISED / 10, PROMISED);
    }

    @ParameterizedTest
    @ValueSource(floats = {8, -8, 1, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY})
    void keepsItNextToTheEdgesToo(float x) {
        assertThat(error(x)).isLessThan(PROMISED);
        assertThat(error(Math.nextDown(x))).isLessThan(PROMISED);
        assertThat(error(-Math.nextDown(x))).isLessThan(PROMISED);
    }

    @Test
    void noNumberStaysNone() {
        assertThat(Sigmoid.of(Float.NaN)).isNaN();
    }

    private static double error(float x) {
        return Math.abs(Sigmoid.of(x) - 1 / (1 + Math.exp(-(double) x)));
    }
}
