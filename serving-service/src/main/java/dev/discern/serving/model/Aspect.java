package dev.discern.serving.model;

import java.util.Locale;

/** By what items are alike: which part of their vectors is compared. Requests write it in lower case. */
public enum Aspect {
    /** By who has them: all that the model has learned of them but what their texts alone tell. */
    BEHAVIOUR,
    /** By their texts alone. */
    TEXT,
    /** By the whole vector. */
    BLEND;

    /**
     * The aspect of this name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Aspect of(String name) {
        for (Aspect aspect : values()) {
            if (aspect.toString().equals(name)) {
                return aspect;
            }
        }
        throw new IllegalArgumentException("expected behaviour, text or blend, got " + name);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
