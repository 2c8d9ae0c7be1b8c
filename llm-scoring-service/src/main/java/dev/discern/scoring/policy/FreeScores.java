package dev.discern.scoring.policy;

import java.util.OptionalDouble;

/** What a model that costs nothing says, such as the published one. */
@FunctionalInterface
public interface FreeScores {

    /** The model's score of an item for a user, both by row id, on the scale of a logit; empty when it does not know one of them. */
    OptionalDouble score(long userRowId, long itemRowId);
}
