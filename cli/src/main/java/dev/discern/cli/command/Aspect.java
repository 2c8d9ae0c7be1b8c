package dev.discern.cli.command;

import java.util.Locale;

/** By what items are alike. */
public enum Aspect {
    /** By who has them. */
    BEHAVIOUR,
    /** By what their texts say. */
    TEXT,
    /** By both. */
    BLEND;

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
