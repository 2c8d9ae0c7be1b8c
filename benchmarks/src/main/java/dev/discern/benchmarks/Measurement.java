package dev.discern.benchmarks;

/**
 * One line of a benchmark. More is better, but for latencies: units are rates, and of memory an early size stands against a later one.
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
