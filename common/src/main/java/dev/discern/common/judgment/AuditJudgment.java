package dev.discern.common.judgment;

/**
 * The result of one exam: where the judge put the held-out item among the others.
 *
 * @param userId the user's row id
 * @param itemId the held-out item's row id
 * @param place 1 for the best; ties count half, rounded up
 * @param candidates how many candidates the prompt had, the audit item included
 * @param wins share of the other candidates that the audit item beat, ties as half, in [0, 1]
 * @param popularityWins the same share for ordering by training interactions instead
 * @param historyLength the user's training interactions
 * @param popularity the audit item's training interactions
 */
public record AuditJudgment(
        long userId,
        long itemId,
        int place,
        int candidates,
        float wins,
        float popularityWins,
        int historyLength,
        int popularity) {}
