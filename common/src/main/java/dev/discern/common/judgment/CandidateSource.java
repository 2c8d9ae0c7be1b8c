package dev.discern.common.judgment;

/** Where a candidate of a prompt came from. */
public enum CandidateSource {
    /** Drawn uniformly over the catalogue. */
    UNIFORM,
    /** Drawn from the most popular items. */
    POPULAR,
    /** Drawn from the bottom 10 % of items by training interactions. */
    TAIL,
    /** For users with at most three interactions: diverse items. */
    COLD,
    /** Drawn from the list that a published model would recommend to the user. */
    MODEL,
    /** Drawn from the rare items that an encoder finds most plausible for the user. */
    RESCUE,
    /** The held-out interaction that examines the judge. */
    AUDIT,
    /** From a file of recorded answers that does not say. */
    RECORDED
}
