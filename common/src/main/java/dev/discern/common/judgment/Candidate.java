package dev.discern.common.judgment;

/**
 * One candidate of a prompt and how it got there.
 *
 * @param itemId the item's row id
 * @param inclusionProbability the probability, in (0, 1], with which this user's prompt would contain this item under the
 *     recipe that drew it, over all its sources; 1 for the audit item
 */
public record Candidate(long itemId, CandidateSource source, double inclusionProbability) {

    public Candidate {
        if (!(inclusionProbability > 0 && inclusionProbability <= 1)) {
            throw new IllegalArgumentException("inclusion probability of item %d must be in (0, 1], not %s"
                    .formatted(itemId, inclusionProbability));
        }
    }
}
