package dev.discern.training.objective;

import java.util.function.DoubleUnaryOperator;

/** The independent oracle of gradients. */
final class FiniteDifference {

    private static final double STEP = 1e-3;

    private FiniteDifference() {}

    /** The central difference of {@code f} at {@code x}. */
    static double of(DoubleUnaryOperator f, double x) {
        return (f.applyAsDouble(x + STEP) - f.applyAsDouble(x - STEP)) / (2 * STEP);
    }
}
