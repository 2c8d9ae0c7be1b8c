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
    /** The held-out interaction that examines the judge. */
    AUDIT,
    /** From a file of recorded answers that does not say. */
    RECORDED
}
