package dev.discern.common.judgment;

/**
 * That a judge prefers one item to another for a user.
 *
 * @param userId the user's row id
 * @param preferred row id of the item with the higher score
 * @param other row id of the item with the lower score
 * @param margin difference of the scores standardized within the prompt, not negative
 * @param consistency share of asked orders that agree, in [0, 1]
 * @param source {@code AUDIT} when one of the two is the audit item; {@code RESCUE} when one is a rescue candidate and the
 *     other one of the model's list; else the source of both, {@code RECORDED} for recorded answers that do not tell
 */
public record PairJudgment(
        long userId, long preferred, long other, float margin, float consistency, CandidateSource source) {}
