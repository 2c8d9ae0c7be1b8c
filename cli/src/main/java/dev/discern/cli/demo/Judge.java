package dev.discern.cli.demo;

import java.util.Locale;

/** Who is asked which of two items a person would rather want. */
public enum Judge {
    /** A sentence encoder that comes with the build; no LLM. */
    EMBEDDED,
    /** Answers from a file. */
    RECORDED,
    /** An LLM behind any OpenAI-compatible endpoint, which may cost money. */
    CHAT,
    /** The same LLM by a provider's Batch API: for half the price, within hours. */
    BATCH;

    /** Whether it asks an LLM, with a budget. */
    public boolean asksLlm() {
        return this == CHAT || this == BATCH;
    }

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
