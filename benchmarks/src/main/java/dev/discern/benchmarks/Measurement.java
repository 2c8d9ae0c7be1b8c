package dev.discern.benchmarks;

/**
 * One line of a benchmark. Units are rates: more is better.
 *
 * @param value median over the rounds
 * @param reference the same of the reference, in the same run
 * @param ratio {@code value / reference}
 */
record Measurement(String name, double value, String unit, double reference, double ratio) {

    Measurement(String name, String unit, Turns.Medians medians) {
        this(name, medians.contender(), unit, medians.reference(), medians.contender() / medians.reference());
    }
}
