package dev.discern.common.judgment;

import java.util.List;
import java.util.OptionalInt;

/**
 * One question to a judge: a user's recent items and the candidates to score, in the order shown.
 *
 * @param userId the user's row id
 * @param history row ids of the last items before the held-out ones, oldest first
 * @param historyLength the user's whole training history, at least {@code history.size()}
 * @param candidates in the order shown, without repeats, at most one of them from {@link CandidateSource#AUDIT}
 */
public record CandidateSet(long userId, List<Long> history, int historyLength, List<Candidate> candidates) {

    public CandidateSet {
        history = List.copyOf(history);
        candidates = List.copyOf(candidates);
        if (candidates.size() < 2) {
            throw new IllegalArgumentException("a judge needs two candidates or more, not " + candidates.size());
        }
        if (candidates.stream().mapToLong(Candidate::itemId).distinct().count() != candidates.size()) {
            throw new IllegalArgumentException("a candidate of user %d appears twice".formatted(userId));
        }
        if (candidates.stream().filter(c -> c.source() == CandidateSource.AUDIT).count() > 1) {
            throw new IllegalArgumentException("user %d has more than one audit item".formatted(userId));
        }
    }

    /** Where the audit item stands among the candidates, if there is one. */
    public OptionalInt auditPosition() {
        for (int position = 0; position < candidates.size(); position++) {
            if (candidates.get(position).source() == CandidateSource.AUDIT) {
                return OptionalInt.of(position);
            }
        }
        return OptionalInt.empty();
    }
}
