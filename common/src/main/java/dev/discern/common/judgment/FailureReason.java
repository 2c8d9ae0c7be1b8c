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
    MALFORMED_ANSWER,
    /** The answer leaves out candidates that it was asked about. */
    INCOMPLETE_ANSWER,
    /** The answer names a candidate that it was not asked about. */
    UNKNOWN_CANDIDATE,
    /** The answer names a candidate twice. */
    REPEATED_CANDIDATE,
    /** The answer was cut off at its longest length. */
    TRUNCATED,
    /** The model declined to answer. */
    REFUSED,
    /** The answer came without the log-probabilities that were asked for. */
    NO_LOG_PROBABILITIES,
    /** No answer came in time. */
    TIMED_OUT,
    /** The provider asked to be asked less often, to the last attempt. */
    RATE_LIMITED,
    /** The provider failed, or the connection to it, to the last attempt. */
    PROVIDER_ERROR;

    /** Whether the same question may be answered another time: such a failure says nothing of the question. */
    public boolean isTransient() {
        return this == TIMED_OUT || this == RATE_LIMITED || this == PROVIDER_ERROR;
    }
}
