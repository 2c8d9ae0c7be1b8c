package dev.discern.scoring.policy;

/**
 * Whom to ask, and when to give up.
 *
 * @param force go on after the pilot although the judge is not shown to be better than what is free; for {@code gate-budget}
 */
public record PolicyChoice(AskingPolicy policy, boolean force) {

    /** Everybody. */
    public static final PolicyChoice EVERYBODY = new PolicyChoice(AskingPolicy.ALL, false);
}
