package dev.discern.cli.demo;

import java.util.Locale;

/** Who is asked which of two items a person would rather want. */
public enum Judge {
    /** A sentence encoder that comes with the build; no LLM. */
    EMBEDDED,
    /** Answers from a file. */
    RECORDED,
    /** An LLM behind any OpenAI-compatible endpoint, which may cost money. */
    CHAT;

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
