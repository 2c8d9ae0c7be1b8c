package dev.discern.training.dataset;

/**
 * Soft scores of single items, for distillation.
 *
 * @param user (scores) dense user indices, ascending
 * @param item (scores) dense item indices
 * @param score (scores) standardized within the prompt
 */
@SuppressWarnings("ArrayRecordComponent") // read by hot loops; the record is never compared
public record SoftScores(int[] user, int[] item, float[] score) {

    public SoftScores {
        Lengths.requireEqual(user.length, item.length, score.length);
        UserOrder.require(user);
    }

    public int size() {
        return user.length;
    }
}
