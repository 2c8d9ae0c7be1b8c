package dev.discern.serving.recommend;

import java.util.Locale;

/** How several categories combine. Requests write it in lower case. */
public enum CategoryMode {
    /** An item needs one of them. */
    ANY,
    /** An item needs all of them. */
    ALL;

    /**
     * The mode of this name.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static CategoryMode of(String name) {
        for (CategoryMode mode : values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException("expected any or all, got " + name);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
