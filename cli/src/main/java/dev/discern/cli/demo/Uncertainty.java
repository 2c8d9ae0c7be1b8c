package dev.discern.cli.demo;

import java.util.Locale;

/** What a gate takes for the model's uncertainty. */
public enum Uncertainty {
    /** The entropy of its score. */
    SCORE_ENTROPY,
    /** How open the item's place is among sampled candidates. */
    CANDIDATES,
    /** How far its score moves when parts of what is known of the user are left out. */
    DROPOUT,
    /** How far two models of different seeds are apart. */
    ENSEMBLE;

    /** Its name on the command line and in requests. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
