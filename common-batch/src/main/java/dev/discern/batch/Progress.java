package dev.discern.batch;

/**
 * How far a step is.
 *
 * @param done units done, not more than {@code total}
 * @param total units in all; 0 when unknown
 * @param unit what is counted: rows, texts, prompts, epochs
 * @param detail a few words about the current state, may be empty
 */
public record Progress(String step, long done, long total, String unit, String detail) {}
