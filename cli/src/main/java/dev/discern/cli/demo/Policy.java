package dev.discern.cli.demo;

import java.util.Locale;

/** Whom the judge is asked about, and in which order. */
public enum Policy {
    /** Every user. */
    ALL,
    /** The S-LLMR paper's two sets: rare items for sampled users, diverse items for cold users. */
    COLD_TAIL,
    /** A pilot first, then the prompts that are expected to tell most for their tokens. */
    GATE_BUDGET;

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
