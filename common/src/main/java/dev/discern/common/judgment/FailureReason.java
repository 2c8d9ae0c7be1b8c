package dev.discern.common.judgment;

/** Why a judgment has no scores. */
public enum FailureReason {
    /** An item that was to be judged has no text at all. */
    MISSING_TEXT,
    /** The answer names an item that the catalog does not have. */
    UNKNOWN_ITEM,
    /** The answer is for a user whom the data does not have. */
    UNKNOWN_USER,
    /** The answer was given to a prompt that showed an item held out for this user, other than the audit item. */
    HELD_OUT_ITEM,
    /** A score is below 0, above 1 or no number. */
    SCORE_OUT_OF_RANGE,
    /** The answer has not exactly one score for each candidate, or is not readable at all. */
    MALFORMED_ANSWER
}
