package dev.discern.training.dataset;

import java.util.Arrays;

/** Arrays that describe the same things must be equally long. */
final class Lengths {

    private Lengths() {}

    static void requireEqual(int... lengths) {
        if (Arrays.stream(lengths).distinct().count() > 1) {
            throw new IllegalArgumentException("parallel arrays differ in length: " + Arrays.toString(lengths));
        }
    }
}
