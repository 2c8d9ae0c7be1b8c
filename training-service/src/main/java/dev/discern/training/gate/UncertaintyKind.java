package dev.discern.training.gate;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ways to tell how unsure a model is (docs/method.md). */
public enum UncertaintyKind {
    /** Of the score alone. */
    SCORE_ENTROPY("score-entropy"),
    /** Of the item among sampled candidates. */
    CANDIDATES("candidates"),
    /** By how far the score moves when parts of what is known of the user are left out. */
    DROPOUT("dropout"),
    /** By how far two models of different seeds are apart. */
    ENSEMBLE("ensemble");

    private final String label;

    UncertaintyKind(String label) {
        this.label = label;
    }

    /** As requests and reports write it. */
    public String label() {
        return label;
    }

    /** All labels. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(UncertaintyKind::label).toList();
    }

    /** The kind of this label, if there is one. */
    public static Optional<UncertaintyKind> of(String label) {
        return Arrays.stream(values()).filter(kind -> kind.label.equals(label)).findFirst();
    }
}
