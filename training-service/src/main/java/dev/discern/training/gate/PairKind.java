package dev.discern.training.gate;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of pairs that a gate can label (docs/method.md). */
public enum PairKind {
    /** Both items from all over the catalogue: they teach a weak backbone the most. */
    UNIFORM("uniform"),
    /** A rare item against one of the model's best: where a strong backbone is weak. */
    RESCUE("rescue");

    private final String label;

    PairKind(String label) {
        this.label = label;
    }

    /** As requests and reports write it. */
    public String label() {
        return label;
    }

    /** The one of the two that this is not. */
    public PairKind other() {
        return this == UNIFORM ? RESCUE : UNIFORM;
    }

    /** The kind of this label, if there is one. */
    public static Optional<PairKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
