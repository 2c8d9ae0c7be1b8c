package dev.discern.common.artifact;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A name that serving follows. */
public enum Alias {
    /** The model that answers. */
    CHAMPION,
    /** The model that a share of users is tried on. */
    CHALLENGER,
    /** The model whose answers are only logged. */
    SHADOW;

    /** Its {@link #label}, so that messages name what can be written. */
    @Override
    public String toString() {
        return label();
    }

    /** As files, paths and parameters write it: {@code champion}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The alias of this label.
     *
     * @throws IllegalArgumentException naming the known labels
     */
    @JsonCreator
    public static Alias of(String label) {
        for (Alias alias : values()) {
            if (alias.label().equals(label)) {
                return alias;
            }
        }
        throw new IllegalArgumentException(
                "unknown alias '%s'; known are champion, challenger and shadow".formatted(label));
    }
}
