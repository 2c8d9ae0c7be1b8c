package dev.discern.batch;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a step is.
 *
 * @param done units done, not more than {@code total}
 * @param total units in all; 0 when unknown
 * @param unit what is counted: rows, texts, prompts, epochs
 * @param detail a few words about the current state, may be empty
 * @param costUsd what the job has cost so far, in US dollars; null for work that costs nothing
 * @param metrics what was measured last, by name; empty for work that measures nothing
 */
public record Progress(
        String step,
        long done,
        long total,
        String unit,
        String detail,
        @Nullable BigDecimal costUsd,
        Map<String, Double> metrics) {

    public Progress {
        metrics = Map.copyOf(metrics);
    }

    /** Of work that costs nothing. */
    public Progress(String step, long done, long total, String unit, String detail) {
        this(step, done, total, unit, detail, null, Map.of());
    }

    /** Of work that measures nothing. */
    public Progress(String step, long done, long total, String unit, String detail, @Nullable BigDecimal costUsd) {
        this(step, done, total, unit, detail, costUsd, Map.of());
    }
}
